import type { Words } from "./en";

const words: Words = {
  submit: {
    title: "提出想法",
    lead: "请写下您需要什么、为什么需要。制造商会阅读，之后双方一起写需求说明。",
    titleLabel: "标题",
    titleHint: "一行同事也能看懂的话",
    bodyLabel: "您希望怎样？为什么？",
    bodyHint: "空行开始新段落，“- ”开头是列表，“1. ”是编号列表，“## ”是小标题，“[文字](https://…)”是链接。",
    send: "提交想法",
    viewer: "您可以阅读想法，但不能提出。请联系您所在组织的所有者更改角色。",
    kindLabel: "这是什么？",
    kind: { suggestion: "建议", complaint: "投诉", both: "两者都是" },
    kindHelp: {
      suggestion: "新的东西，或可以更好的地方。我们争取在 {days, number} 个工作日内答复。",
      complaint: "有东西没有正常工作。我们争取在 {days, number} 个工作日内答复。",
      both: "您的文字会成为两个互相链接的想法，各按自己的时限答复。标题会说明哪个是建议、哪个是投诉。",
    },
    visibilityLabel: "谁能看到？",
    visibility: { account: "仅我的组织", all_customers: "所有客户" },
    visibilityHelp: {
      account: "{account} 的人员和制造商。",
      all_customers: "其他客户能看到标题、文字、产品、状态和支持数量，但看不到您是谁，也看不到评论、需求说明和文件。",
    },
    look: "查找相似的想法和有关产品的问题",
    looked: "尚未发送。请先看看找到的内容，再提交您的想法。",
    toolbar: "格式",
    heading: "小标题",
    bullets: "列表",
    numbers: "编号列表",
    tasks: "任务列表",
    bold: "粗体",
    link: "链接",
    preview: "预览",
    previewEmpty: "您输入的内容会按他人看到的样子显示在这里。",
  },
  similar: {
    found: "{count, number} 个相似的想法",
    lead: "其中有您想说的吗？支持一个已有的想法，比再提一次更有分量。您写的内容会保留在这里。",
    accounts: "{count, number} 个组织",
    people: "{count, number} 人",
    support: "支持",
    supportOf: "支持“{title}”",
    supported: "您已支持",
  },
};

export default words;
