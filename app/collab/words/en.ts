const words = {
  state: {
    connecting: "Connecting…",
    saving: "Saving…",
    saved: "Saved",
    offline: "No connection. Everything you wrote is stored.",
    unsaved:
      "No connection. What you wrote last is not stored yet: keep this page open, it is sent as soon as the connection is back.",
    "read-only": "You can read this brief; your role does not change it.",
    "read-only-unsaved":
      "You may no longer change this brief. What you wrote last was not stored; copy it if you need it.",
    damaged:
      "Part of this brief could not be read. You see it as it last was; nobody can change it until it is repaired.",
    offlineReading: "No connection. This is the brief as it was.",
  },
  refused: {
    "signed-out":
      "You are signed out, so this page no longer changes. Sign in again in another tab; what you wrote stays here meanwhile.",
    again: "Connect again",
    removed:
      "Your access has ended, so this page no longer changes. Ask an owner of your account or your contact at the maker.",
    gone: "This brief is no longer open to you.",
    unusable: "The server could not read what this page sent. Copy what you wrote last, then reload.",
    "too-large": "That was too much at once, more than 1 MB. Copy what you wrote last, reload and add it in parts.",
    full: "This brief is full: 16 MB. Copy what you wrote last, then reload and remove something first.",
    "not-yours":
      "The server took this page for somebody else’s, which happens when another person has signed in here meanwhile. Copy what you wrote last, then reload.",
    unreadable:
      "This brief cannot be opened for writing: what is stored of it could not be read. Nothing of it was overwritten, and the operators see an alarm. Below is the text as it last was.",
    "too-many": "You have briefs open in too many windows. Close some of them, then connect again.",
    unsavedToo: "What you wrote last is not stored.",
  },
  who: {
    here: "Here now",
    you: "{name} (you)",
    joined: "{name} is here now.",
    left: "{name} has left.",
    more: "{count, plural, one {and # more} other {and # more}}",
  },
  tools: {
    bar: "Text tools",
    undo: "Undo",
    redo: "Redo",
    heading1: "Heading 1",
    heading2: "Heading 2",
    heading3: "Heading 3",
    bold: "Bold",
    italic: "Italic",
    strike: "Struck through",
    code: "Code",
    bulletList: "List",
    orderedList: "Numbered list",
    taskList: "Tasks",
    quote: "Quote",
    codeBlock: "Block of code",
    rule: "Line across",
    link: "Link",
    image: "Picture",
    mention: "Mention somebody",
    table: "Table",
    rowAbove: "Row above",
    rowBelow: "Row below",
    columnBefore: "Column before",
    columnAfter: "Column after",
    deleteRow: "Remove row",
    deleteColumn: "Remove column",
    headerRow: "Heading row",
    deleteTable: "Remove table",
  },
  link: {
    title: "Link",
    address: "Address",
    help: "Like https://example.com, name@example.com or /ideas.",
    invalid:
      "Links can lead to web addresses, e-mail addresses, telephone numbers and pages here. This is none of them.",
    apply: "Set link",
    remove: "Remove link",
    cancel: "Cancel",
  },
  image: {
    adding: "{name} is being added…",
    failed: "{name} was not added: the line failed. Try again.",
    alt: "What does the picture show?",
    altHelp: "Read aloud to people who cannot see it.",
    save: "Keep description",
  },
  mention: {
    people: "People you can mention",
    nobody: "Nobody by that name.",
    failed: "The names could not be fetched.",
  },
  tasks: { done: "Done: {text}", open: "Not done: {text}" },
} as const;

export default words;

type Sentences<T> = { readonly [K in keyof T]: T[K] extends string ? string : Sentences<T[K]> };
export type Words = Sentences<typeof words>;
