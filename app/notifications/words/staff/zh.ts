import type { Words } from "./en";

const words: Words = {
  trouble: {
    title: "邮件无法送达",
    text: "{email} 的邮件服务器永久拒收了一封邮件，此后不再向该地址发送消息。",
    said: "对方答复：{said}",
    again: "重新尝试此地址",
  },
};

export default words;
