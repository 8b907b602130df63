import type { Words } from "./en";

const words: Words = {
  staff: {
    lead: "我们生产什么，以及有人提出想法时我们会就每个产品询问什么。",
    active: "在产",
    discontinued: "已停产",
    addTitle: "添加产品",
    name: "名称",
    nameHelp: "与灯上标注的一致：所有语言相同",
    add: "添加产品",
    stop: "标为停产",
    resume: "恢复生产",
    questions: "{count, plural, =0 {没有问题} other {# 个问题}}",
    noQuestions: "尚未就此产品提问。",
    retired: "不再询问",
    retire: "停止询问",
    ask: "重新询问",
    required: "必须回答",
    addQuestion: "就 {product} 提问",
    kind: "答案类型",
    kinds: { text: "文字", number: "数字", choice: "选择", date: "日期" },
    question: "问题（{language}）",
    help: "说明（{language}）",
    helpHelp: "字段下方的一句话：四种语言都写，或都不写",
    choices: "选项（{language}）",
    choicesHelp: "每行一个，各语言顺序相同",
    send: "添加此问题",
    reader: "您的角色在此只能阅读，不能更改。",
    nameTaken: "已有同名产品。",
    changedMeanwhile: "您查看期间有人更改了此项。您的内容没有生效，请再看一遍。",
    choicesDiffer: "请为每种语言写相同数量的选项，至少两个。",
    inAll: "请用四种语言填写。",
  },
};

export default words;
