import type { Words } from "./en";

const words: Words = {
  state: {
    draft: "草稿",
    open: "进行中",
    closed: "已结束",
  },
  methods: {
    meter: "四个价格",
    ladder: "逐个询价",
  },
  list: {
    lead: "我们想向您了解的价格看法，最新的在前。您说的价格没有约束力。",
    answered: "您已回答",
    waits: "等您回答",
    until: "截至<day></day>",
    none: "没有调查",
    noneText: "当我们询问贵组织某样东西值多少钱时，会显示在这里。",
    fromNewest: "回到最新",
  },
  asked: {
    toList: "价格调查",
    binding: "您在这里说的价格对任何人都没有约束力，不是出价。只有我们制造者能看到，您的同事看不到。",
    until: "开放至<day></day>",
    over: "这项调查已结束，不再接受回答。",
    reader: "您只能阅读。在贵组织中可以提出想法的人可以回答。",
    what: "关于什么",
    meter: "以{currency}计，什么价格对您来说……",
    fields: {
      tooCheap: "……便宜到让您怀疑质量？",
      cheap: "……很划算？",
      expensive: "……偏贵，但仍会考虑？",
      tooExpensive: "……太贵，不会考虑？",
    },
    send: "提交这些价格",
    meant: "我就是这个意思",
    meantHelp: "互相矛盾的价格会计入次数，但不计入结果。",
    ladder: "价格是{price}，您会买吗？",
    ladderStep: "第{step, number}问。下一个价格取决于您的回答。",
    yes: "会买",
    no: "这个价格不买",
    thanks: "谢谢。您的回答已保存，不能再更改。",
    yours: "您说的价格",
    highest: "您愿意购买的最高价格：{price}",
    never: "显示的价格您都不会买。",
  },
  refused: {
    "not-open": "这项调查刚刚结束。您输入的内容还在，但不再接受。",
    "stated-already": "您已经回答过，也许是在另一个标签页里。那次回答有效。",
    contradicts: "这些价格互相矛盾：每一个都应高于前一个。请更正，或在下面说明您就是这个意思。",
    "other-price": "现在轮到另一个价格，也许您已在另一个标签页回答过。请回答这里显示的价格。",
    "may-not": "您不能在这里这样做。",
    "no-price": "这不是该货币的金额。请写成1200或1200.50这样。",
    "changed-meanwhile": "有人比您快一步。页面显示的是现在的情况。",
    "not-askable": "其中一个组织看不到这个想法，不能就它提问。",
    "time-over": "请选择还没过去的日期。",
    "nobody-asked": "请至少选择一个组织。",
    "no-such-day": "请选择日期。",
    "prices-count": "需要3到20个不同的价格。",
  },
};

export default words;
