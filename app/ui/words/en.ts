const words = {
  shell: {
    brand: "Tandem",
    skip: "Skip to the content",
    navigation: "Main",
    home: "Home",
    you: "{name}: settings and sign out",
    account: "Account: {account}",
    staff: "Staff",
    language: "Language",
    theme: "Appearance",
    themeSystem: "Like the device",
    themeLight: "Light",
    themeDark: "Dark",
    settings: "My settings",
    signOut: "Sign out",
    loading: "Loading",
  },
  keys: {
    palette: "Go anywhere, find or do anything",
    title: "Keyboard shortcuts",
    help: "Show this list",
    search: "Go to the search field",
    rows: "On a row of a list: to the next one, to the one before",
    tick: "On a row of a list: tick it; with Shift, all from the last one",
    switch: "Single keys do this, on this device",
  },
  palette: {
    open: "Go to, find or do",
    hint: "Type a word, a name or a place",
    places: "Go to",
    do: "Do",
    about: "{what}: {which}",
    looking: "Looking…",
    nothing: "Nothing holds these words that you may see.",
    count: "{count, plural, =0 {Nothing found} one {# thing to choose from} other {# things to choose from}}",
  },
  dialog: {
    close: "Close",
    no: "Cancel",
  },
  form: {
    problems: "{count, plural, one {One thing needs your attention} other {# things need your attention}}",
    optional: "optional",
    restored: "This is what you typed last time. It was not sent yet.",
    reading: "You are looking as a customer, and only reading: nothing can be sent from here.",
  },
  errors: {
    required: "Please fill this in.",
    "too-short":
      "{limit, plural, one {Please write at least # character.} other {Please write at least # characters.}}",
    "too-long":
      "{limit, plural, one {Please shorten this to # character.} other {Please shorten this to # characters.}}",
    "file-empty": "A file is empty. Please choose another one.",
    "file-too-large": "A file is larger than {limit, number} MB. Please choose a smaller one.",
    "file-too-many": "Twenty of your files are waiting unsent already. Please send or take out some first.",
    "file-too-much-today": "You have sent as much today as one person may. Please go on tomorrow.",
    "files-too-many": "Please send at most {limit, number} files at once.",
    "files-gone": "A file is no longer here, because it waited unsent for more than a day. Please choose it again.",
    "not-email": "This is not a complete e-mail address, such as name@example.com.",
    "not-number": "Please write a number.",
    "not-offered": "Please choose one of the options.",
    invalid: "We cannot use this as it is. Please check it.",
    "too-often":
      "That was too many tries in a short time. Nothing was sent. Please wait a minute and send it again; your text is still here.",
    viewing: "Nothing was sent: you are looking at the portal as a customer, and only reading. Leave the view first.",
    "not-allowed": "Your role does not allow this. Nothing was sent, and your text is still here.",
  },
  list: {
    more: "Show more",
    search: "Search",
    clear: "Clear the search",
  },
  trouble: {
    notFoundTitle: "There is nothing here",
    notFoundText: "The address may be mistyped, or the thing it led to was removed or is not yours to see.",
    forbiddenTitle: "You may see this, but not do that",
    forbiddenText: "Your role does not allow this step. Ask an owner of your account or your contact at the maker.",
    brokenTitle: "Something broke on our side",
    brokenText:
      "It was not you. Please try again; if it happens once more, tell us the number below and we will find what went wrong.",
    reference: "Reference number: {number}",
    offlineTitle: "No connection",
    offlineText:
      "Tandem cannot be reached from this device at the moment. What you already sent is safe with us. Check your connection, then try again.",
    tooOftenTitle: "Too many requests",
    tooOftenText: "Much came from your address in a short time. Please wait a minute, go back and send it again.",
    viewingTitle: "You look as a customer",
    viewingText:
      "Nothing was sent: you are looking at the portal as a customer, and only reading. Leave the view first.",
    tooLargeTitle: "This is too large to send",
    tooLargeText:
      "Nothing was saved. Files that are sent together with a form may have 10 MB in all, a text 1 MB. Please go back and send less at once.",
    unreadableTitle: "What was sent could not be read",
    unreadableText:
      "It may have been damaged on its way. Nothing was saved. Please go back, reload the page and send it again.",
    foreignTitle: "This did not come from a page of ours",
    foreignText:
      "To protect you, Tandem accepts what is sent from its own pages only. Please go back, reload the page and send it again.",
    again: "Try again",
    goHome: "Go to the home page",
  },
} as const;

export default words;

type Sentences<T> = { readonly [K in keyof T]: T[K] extends string ? string : Sentences<T[K]> };
export type Words = Sentences<typeof words>;
