const words = {
  submit: {
    title: "Suggest an idea",
    lead: "Say what you need and why. The maker reads it, and you write the brief together from there.",
    titleLabel: "Title",
    titleHint: "One line that a colleague would understand",
    bodyLabel: "What would you like, and why?",
    bodyHint:
      "An empty line begins a paragraph, “- ” a list, “1. ” a numbered list, “## ” a heading, “[words](https://…)” a link.",
    send: "Send the idea",
    viewer: "You can read ideas but not suggest any. Ask an owner of your account for another role.",
    kindLabel: "What is it?",
    kind: { suggestion: "A suggestion", complaint: "A complaint", both: "Both" },
    kindHelp: {
      suggestion:
        "Something new, or something that could be better. We aim to answer within {days, plural, one {# working day} other {# working days}}.",
      complaint:
        "Something does not work as it should. We aim to answer within {days, plural, one {# working day} other {# working days}}.",
      both: "Your text becomes two ideas that lead to each other, each answered in its own time. Their titles say which is which.",
    },
    visibilityLabel: "Who sees it?",
    visibility: { account: "My account only", all_customers: "All customers" },
    visibilityHelp: {
      account: "People of {account} and the maker.",
      all_customers:
        "Other customers see title, text, product, status and how many support it, never who you are, nor comments, the brief or files.",
    },
    look: "Look for similar ideas and questions about the product",
    looked: "Nothing was sent yet. Look through what was found, then send your idea.",
    toolbar: "Formatting",
    heading: "Heading",
    bullets: "List",
    numbers: "Numbered list",
    tasks: "Task list",
    bold: "Bold",
    link: "Link",
    preview: "Preview",
    previewEmpty: "What you type will show here as the others see it.",
  },
  similar: {
    found: "{count, plural, one {# similar idea} other {# similar ideas}}",
    lead: "Is yours among them? Supporting one says more than asking twice. Your text stays here.",
    accounts: "{count, plural, one {# account} other {# accounts}}",
    people: "{count, plural, one {# person} other {# people}}",
    support: "Support this",
    supportOf: "Support “{title}”",
    supported: "You support it",
  },
} as const;

export default words;

type Sentences<T> = { readonly [K in keyof T]: T[K] extends string ? string : Sentences<T[K]> };
export type Words = Sentences<typeof words>;
