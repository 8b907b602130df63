import type { Words } from "./en";

const words: Words = {
  kind: {
    comment: "我关注的想法有新评论",
    mention: "有人提到我",
    status: "我支持或关注的想法状态有变化",
    support: "有人支持我的想法",
    merge: "我的想法被合并或重新拆分",
    invitation: "有人接受了我的邀请",
    idea: "我负责的组织或产品有新想法",
    decision: "有决定等我答复，或有人答复了我的决定",
    survey: "有人问我某样东西值多少钱",
  },
  how: { instant: "立即", daily: "每天一次", off: "不发邮件" },
  settings: {
    lead: "所有消息都会立即出现在铃铛里。您可以在此选择哪些还要发邮件，以及何时发送。",
    kindColumn: "事项",
    howColumn: "邮件",
    mailOff: "以上事项都不要给我发邮件",
    mailOffHelp: "登录邮件和邀请邮件仍会发送，因为那是应您的请求。",
    hours: "时间",
    quietFrom: "免打扰开始",
    quietTo: "免打扰结束",
    quietHelp: "这段时间内不发送邮件，结束后再发送。",
    noQuiet: "不设免打扰",
    digestHour: "每日邮件发送时间",
    zone: "时间以您的时区为准：{zone}。",
    save: "保存选择",
    saved: "您的选择已保存。",
    back: "设置",
    notSame: "免打扰的开始和结束不能是同一时间。",
    bothOrNone: "请两个时间都选，或都不选。",
  },
  unsubscribe: {
    title: "不再接收此类邮件？",
    kind: "您将不再收到此类邮件：{kind}。铃铛里仍会显示。",
    all: "您将不再收到 Tandem 的消息邮件。铃铛里仍会显示。",
    button: "不再发送",
    doneTitle: "您将不再收到此类邮件",
    doneKind: "不再发送此类邮件：{kind}。",
    doneAll: "不再发送 Tandem 的消息邮件。您请求登录时，登录邮件仍会发送。",
    change: "您可以随时重新选择",
  },
};

export default words;
