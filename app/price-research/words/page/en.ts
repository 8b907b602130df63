const words = {
  state: {
    draft: "Draft",
    open: "Open",
    closed: "Closed",
  },
  methods: {
    meter: "Four prices",
    ladder: "Prices one by one",
  },
  list: {
    lead: "What we would like to know from you about prices, newest first. Nothing you state binds you.",
    answered: "You have answered",
    waits: "Waiting for you",
    until: "Until <day></day>",
    none: "No survey",
    noneText: "When we ask what something would be worth to you, it stands here.",
    fromNewest: "Back to the newest",
  },
  asked: {
    toList: "Price surveys",
    binding:
      "What you state here binds nobody: it is not an offer. Only we, the makers, see it; your colleagues do not.",
    until: "Open until <day></day>",
    over: "This survey is closed. It takes no more answers.",
    reader: "You may read here. Your colleagues who may suggest ideas may answer.",
    what: "What it is about",
    meter: "At which price, in {currency}, is it …",
    fields: {
      tooCheap: "… so cheap that you would doubt its quality?",
      cheap: "… a bargain?",
      expensive: "… expensive, but still worth a thought?",
      tooExpensive: "… too expensive to be considered?",
    },
    send: "State these prices",
    meant: "I mean it as it stands",
    meantHelp: "Prices that contradict each other are counted, and left out of the result.",
    ladder: "Would you buy it at {price}?",
    ladderStep: "Question {step, number}. The next price follows from your answer.",
    yes: "Yes, I would buy",
    no: "No, not at this price",
    thanks: "Thank you. Your answer is with us, and cannot be changed any more.",
    yours: "What you stated",
    highest: "The highest price at which you would buy: {price}",
    never: "You would buy at none of the prices shown.",
  },
  refused: {
    "not-open": "This survey has closed meanwhile. What you typed is still here, but is taken no more.",
    "stated-already": "You have answered already, perhaps in another tab. That answer stands.",
    contradicts:
      "These prices contradict each other: each should be higher than the one before it. Correct them, or say below that you mean it so.",
    "other-price":
      "Another price is due by now, perhaps after an answer in another tab. Please answer the one shown here.",
    "may-not": "You may not do this here.",
    "no-price": "This is no amount in this currency. Write it like 1200 or 1200.50.",
    "changed-meanwhile": "Somebody else was quicker. The page shows how it stands now.",
    "not-askable": "One of these accounts does not see the idea, so it cannot be asked about it.",
    "time-over": "Choose a day that is not over yet.",
    "nobody-asked": "Choose at least one account.",
    "no-such-day": "Choose a day.",
    "prices-count": "Between 3 and 20 different prices make a ladder.",
  },
} as const;

export default words;

type Sentences<T> = { readonly [K in keyof T]: T[K] extends string ? string : Sentences<T[K]> };
export type Words = Sentences<typeof words>;
