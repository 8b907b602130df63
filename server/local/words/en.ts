const en = {
  signup: {
    subject: "Confirm your e-mail address",
    why: "This address was used to make a login for Tandem. Confirm that it is yours:",
    button: "Confirm address",
  },
  invite: {
    subject: "You are invited to Tandem",
    why: "You have been invited to work together in Tandem. Accept and choose a password:",
    button: "Accept invitation",
  },
  magiclink: {
    subject: "Sign in to Tandem",
    why: "You asked to sign in to Tandem without a password:",
    button: "Sign in",
  },
  recovery: {
    subject: "Choose a new password",
    why: "You asked for a new password for Tandem:",
    button: "Choose a new password",
  },
  email_change_new: {
    subject: "Confirm your new e-mail address",
    why: "{email} is to become your address in Tandem. Confirm it here, and also in the letter to your old address:",
    button: "Confirm new address",
  },
  email_change_current: {
    subject: "Confirm the change of your e-mail address",
    why: "Your address in Tandem is to become {email}. Confirm it here, and also in the letter to the new address:",
    button: "Confirm the change",
  },
  reauthentication: {
    subject: "Your confirmation code",
    why: "You are about to change something important in Tandem. Type this code there:",
    button: "",
  },
  existing: {
    subject: "You already have a login",
    why: "Somebody tried to make a login for Tandem with your address. You already have one: sign in with it.",
    button: "Sign in",
  },
  password_changed: {
    subject: "Your password was changed",
    why: "Your password for Tandem was changed. If that was not you, choose a new one at once:",
    button: "Choose a new password",
  },
  email_changed: {
    subject: "Your e-mail address was changed",
    why: "Your address in Tandem is now {email}. If that was not you, tell the maker at once.",
    button: "",
  },
  page: {
    title: "One more step",
    why: "Opening the link did nothing yet, so that only you can use it. Continue here:",
    button: "Continue",
    over: "This link was used already or is too old. Ask for a new one.",
    local: "This page belongs to the local stand-in for Supabase on this machine.",
  },
  outbox: {
    title: "Outbox of this machine",
    local:
      "This is the local mailbox of this installation: without SMTP_URL no letter leaves this machine. The newest hundred are shown.",
    empty: "No letter has been written yet.",
    to: "To",
    queued: "waiting here",
    sending: "being sent",
    sent: "sent",
    uncertain: "cut off while it was sent: it may or may not have arrived",
    failed: "failed",
    all: "Show all",
    only: "Letters to {to}",
  },
  code: "Or type this code:",
  validHour: "This works once, within the next hour.",
  validWeek: "This works once, within the next seven days.",
  ignore: "If you did not ask for this, you can ignore this letter: nothing will happen.",
};

export type LocalWords = typeof en;
export default en;
