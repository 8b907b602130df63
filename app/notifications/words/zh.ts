import type { Words } from "./en";

const words: Words = {
  bell: {
    label: "{count, plural, =0 {通知} other {通知：# 条未读}}",
    title: "通知",
    all: "全部通知",
    readAll: "全部标为已读",
    settings: "邮件提醒设置",
    loading: "正在查看新消息",
    failed: "列表未能加载，请打开全部通知页面查看。",
  },
  page: {
    title: "通知",
    lead: "您关注的内容有哪些新进展，最新的在前。",
    unread: "未读",
    read: "标为已读",
    readThis: "标为已读：{title}",
    empty: "没有新消息",
    emptyText: "有人回复您、提到您，或您关注的想法有了进展，都会显示在这里。",
    allRead: "所有通知均已读。",
    fromNewest: "回到最新",
  },
  says: {
    commented: "<who></who> 评论了 <about></about>",
    mentioned: "<who></who> 在 <about></about> 中提到了您",
    moved: "<who></who> 把 <about></about> 的状态从“{from}”改为“{to}”",
    supported: "<who></who> 支持了 <about></about>",
    merged: "<who></who> 把 <about></about> 并入了 <other></other>",
    unmerged: "<who></who> 把 <about></about> 从 <other></other> 中重新拆出",
    joined: "<who></who> 接受了您的邀请",
    suggested: "<who></who> 提出了想法 <about></about>",
    asked: "<who></who> 问您是否同意<about></about>",
    notYet: "<who></who> 暂不同意<about></about>",
    agreed: "受邀的人都已同意<about></about>",
    priced: "<who></who> 问您愿意付多少钱：<about></about>",
    somebody: "有人",
    anotherIdea: "另一个想法",
  },
  settings: { title: "邮件提醒设置" },
};

export default words;
