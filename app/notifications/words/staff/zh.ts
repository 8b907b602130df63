import type { Words } from "./en";

const words: Words = {
  trouble: {
    title: "邮件无法送达",
    text: "{email} 的邮件服务器永久拒收了一封邮件，此后不再向该地址发送消息。",
    said: "对方答复：{said}",
    lostTitle: "最近一封邮件没有送达",
    failed:
      "<date></date> 发往 {email} 的邮件没有送达：邮件服务器拒收，或 72 小时内的各次尝试均告失败。此邮件不再重试，下一封邮件照常发送。",
    uncertain: "不确定 <date></date> 发往 {email} 的邮件是否送达：邮件服务器接收时连接中断。此邮件不会再次发送。",
    again: "重新尝试此地址",
  },
  mail: {
    many: "{count, plural, other {Tandem 有 # 条新消息}}",
    manyAbout: "{count, plural, other {“{title}”有 # 条新消息}}",
    daily: "{count, plural, other {您在 Tandem 的一天：# 条新消息}}",
    hello: "{name}，您好！",
    open: "在 Tandem 中打开",
    more: "{count, plural, other {Tandem 中还有 # 条}}",
    why: "您以 {email} 的身份使用 Tandem，因此收到这封邮件。",
    settings: "选择要接收哪些邮件",
    stopKind: "不再接收此类邮件",
    stopAll: "不再接收任何邮件",
  },
};

export default words;
