const words = {
  bell: {
    label:
      "{count, plural, =0 {Notifications: none unread} one {Notifications: # unread} other {Notifications: # unread}}",
    title: "Notifications",
    all: "All notifications",
    readAll: "Mark all as read",
    settings: "What I am told by mail",
    loading: "Looking for news",
    failed: "The list could not be loaded. Open the page of all notifications instead.",
  },
  page: {
    title: "Notifications",
    lead: "What happened to what you follow, newest first.",
    unread: "Unread",
    read: "Mark as read",
    readThis: "Mark as read: {title}",
    empty: "Nothing new",
    emptyText: "When somebody answers, mentions you, or an idea that you follow moves on, it will stand here.",
    allRead: "All notifications are read.",
    fromNewest: "Back to the newest",
  },
  says: {
    commented: "<who></who> commented on <about></about>",
    mentioned: "<who></who> mentioned you in <about></about>",
    moved: "<who></who> moved <about></about> from “{from}” to “{to}”",
    supported: "<who></who> supports <about></about>",
    merged: "<who></who> merged <about></about> into <other></other>",
    unmerged: "<who></who> took <about></about> out of <other></other> again",
    joined: "<who></who> accepted your invitation",
    suggested: "<who></who> suggested <about></about>",
    asked: "<who></who> asks whether you agree to <about></about>",
    notYet: "<who></who> does not agree to <about></about> yet",
    agreed: "Everybody who was asked agreed to <about></about>",
    priced: "<who></who> asks what you would pay: <about></about>",
    somebody: "Somebody",
    anotherIdea: "another idea",
  },
  settings: { title: "What I am told by mail" },
} as const;

export default words;

type Sentences<T> = { readonly [K in keyof T]: T[K] extends string ? string : Sentences<T[K]> };
export type Words = Sentences<typeof words>;
