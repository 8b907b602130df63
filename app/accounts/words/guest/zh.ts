import type { Words } from "./en";

const words: Words = {
  guest: {
    openTitle: "您受到邀请",
    openLead: "有人在此与您分享了内容。无需登录：我们会向收到邀请的邮箱发送验证码，输入后即可在此浏览器中打开。",
    name: "您的姓名",
    nameHelp: "会显示在您所写内容旁。",
    send: "给我发送验证码",
    codeSent: "如果邀请仍然有效，验证码正在发往收到邀请的邮箱，十分钟内有效。",
    code: "6 位验证码",
    codeHelp: "在我们发送给您的邮件中。",
    have: "我已有验证码",
    check: "继续",
    again: "再发送一个验证码",
    wrong: "此验证码不正确、已使用或已过期。请核对，或重新获取。",
    guestOf: "{account} 的访客",
    ended: "您作为 {account} 访客的访问已结束，无法再在此填写或打开任何内容。请联系邀请您的人。",
    ends: "您的访问将于 <date></date> 结束。",
    rename: "保存姓名",
  },
};

export default words;
