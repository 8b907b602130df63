const words = {
  makeOne: "Ask what people would pay",
  staff: {
    lead: "What customers say they would pay. Stated prices bind nobody, and never stand in one curve with offers.",
    none: "No survey yet",
    noneText: "Open an idea and choose “Ask what people would pay”.",
    columns: {
      title: "Survey",
      idea: "Idea",
      method: "Method",
      state: "State",
      closes: "Closes",
    },
    make: {
      lead: "About “{title}”. Those whom you ask see the words of this page only, not the idea, unless they see it anyway.",
      toIdea: "The idea",
      reader: "Pricing and managers make surveys.",
      method: "Method",
      methodHelp:
        "Four prices: each person names four (van Westendorp). Prices one by one: would they buy at this price, until the highest is known (Gabor and Granger).",
      title: "Title",
      subject: "What is to be priced",
      subjectHelp:
        "Exactly enough that everybody prices the same thing: what it does, how many, what is included, with or without tax.",
      currency: "Currency",
      prices: "Prices to show",
      pricesHelp: "Only for prices one by one: 3 to 20 amounts, one a line.",
      closes: "Last day (UTC)",
      accounts: "Whom to ask",
      accountsHelp:
        "Everybody there who may suggest ideas is asked. An idea that is not shared with all customers is priced by its own account alone.",
      send: "Make a draft",
    },
    page: {
      toList: "Price surveys",
      made: "{name} made it on <day></day>",
      open: "Open to those who are asked",
      openHelp: "They are told, and its words stay as they are.",
      close: "Close now",
      closeHelp: "No more answers are taken.",
      closesOn: "Takes answers until <day></day>",
      closedOn: "Closed.",
      subject: "What is priced",
      prices: "Prices that are shown",
      response: "Response",
      responseSentence:
        "{finished, number} of {asked, number} people whom we asked have answered to the end ({share}); {begun, plural, one {# person} other {# people}} began.",
      account: "Account",
      people: "People asked",
      begun: "Began",
      finished: "Finished",
      unread: "What was stated is read by pricing, managers and auditors.",
      results: "Results",
      nothing: "Nobody has answered yet.",
      csv: "Take along as CSV",
      binding: "Stated, not binding: people say more, or less, than they pay.",
      thin: "Not enough: {count, plural, one {# account has} other {# accounts have}} answered. Below {enough, number} accounts no figure here is one to decide by.",
      excluded:
        "{count, plural, =0 {No answer was left out.} one {# answer was left out: its prices contradict each other.} other {# answers were left out: their prices contradict each other.}}",
      unfinished:
        "{count, plural, =0 {No answer was left out.} one {# answer was left out: it was not finished.} other {# answers were left out: they were not finished.}}",
    },
    meter: {
      chart: "Share of people who call each price too cheap, cheap, expensive or too expensive",
      sentence:
        "By {valid, plural, one {# answer} other {# answers}} of {accounts, plural, one {# account} other {# accounts}}, prices between {pmc} and {pme} are acceptable; fewest reject {opp}, and as many call {ipp} cheap as expensive.",
      none: "The curves do not meet yet: more answers are needed.",
      x: "Price",
      y: "Share of people",
      series: {
        tooCheap: "Too cheap",
        cheap: "Cheap",
        expensive: "Expensive",
        tooExpensive: "Too expensive",
      },
      points: {
        pmc: "Point of marginal cheapness (PMC)",
        opp: "Optimal price point (OPP)",
        ipp: "Indifference price point (IPP)",
        pme: "Point of marginal expensiveness (PME)",
      },
      short: {
        pmc: "PMC",
        opp: "OPP",
        ipp: "IPP",
        pme: "PME",
      },
      pointsTitle: "Points",
      point: "Point",
      price: "Price",
      narrower: "By the narrower definition",
      rule: "A price that somebody named counts as what they called it (inclusive rule); between named prices the curves are straight.",
      table: "The curves as a table",
    },
    ladder: {
      chart: "Share of accounts that would buy at each price",
      byContribution:
        "{share} of {accounts, plural, one {# account} other {# accounts}} would buy at {price}, which brings the most contribution a person; it did so in {wins} of 2,000 draws of the accounts.",
      byRevenue:
        "{share} of {accounts, plural, one {# account} other {# accounts}} would buy at {price}, which brings the most revenue a person; it did so in {wins} of 2,000 draws of the accounts.",
      x: "Price",
      y: "Share of accounts",
      series: {
        accounts: "Accounts that would buy",
        band: "95 % interval",
      },
      best: "Best",
      price: "Price",
      people: "People who would buy",
      accounts: "Accounts",
      interval: "95 % (Wilson)",
      revenue: "Revenue a person",
      contribution: "Contribution a person",
      wins: "Best in draws",
      cost: "Cost of one piece",
      costHelp: "Contribution stands beside revenue when you type it. It is kept nowhere but in the address.",
      show: "Show",
      rule: "An account would buy when at least half of its people who answered would. Whoever would pay more would pay less.",
      table: "The figures",
    },
    csv: {
      account: "Account",
      respondent: "Respondent",
      begun: "Begun",
      finished: "Finished",
      counted: "Counted",
      yes: "yes",
      no: "no",
      highest: "Highest price",
    },
  },
} as const;

export default words;

type Sentences<T> = { readonly [K in keyof T]: T[K] extends string ? string : Sentences<T[K]> };
export type Words = Sentences<typeof words>;
