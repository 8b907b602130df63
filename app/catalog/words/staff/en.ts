const words = {
  staff: {
    lead: "What we make, and what we ask about each when somebody suggests an idea.",
    active: "Made today",
    discontinued: "No longer made",
    addTitle: "Add a product",
    name: "Name",
    nameHelp: "As it stands on the lamp: the same in every language",
    add: "Add the product",
    rename: "Rename {product}",
    renameSend: "Rename",
    up: "Move {product} up",
    down: "Move {product} down",
    stop: "No longer made",
    resume: "Made again",
    questions: "{count, plural, =0 {nothing is asked} one {# question} other {# questions}}",
    noQuestions: "Nothing is asked about it yet.",
    retired: "No longer asked",
    retire: "Stop asking",
    ask: "Ask again",
    required: "An answer is needed",
    addQuestion: "Ask something about {product}",
    kind: "Kind of answer",
    kinds: { text: "Text", number: "Number", choice: "Choice", date: "Date" },
    question: "Question in {language}",
    help: "Help in {language}",
    helpHelp: "One sentence below the field, in all four languages or in none",
    choices: "Choices in {language}",
    choicesHelp: "One a line, in the same order in every language",
    send: "Ask this",
    reader: "Your role reads along here and changes nothing.",
    nameTaken: "There is a product of this name already.",
    changedMeanwhile:
      "Somebody else changed this while you were looking at it. Nothing of yours was changed; please look again.",
    choicesDiffer: "Please write as many choices in every language, at least two.",
    inAll: "Please fill this in for all four languages.",
  },
} as const;

export default words;

type Sentences<T> = { readonly [K in keyof T]: T[K] extends string ? string : Sentences<T[K]> };
export type Words = Sentences<typeof words>;
