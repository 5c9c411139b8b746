/** Why a link or a browser lets nobody in, and what now: by the code in the address. */
export const doorWords: Record<string, { title: string; says: string }> = {
  unknown: {
    title: "This link opens nothing",
    says: "It may be cut off: copy the whole of it. Else ask who sent it for another.",
  },
  used: {
    title: "This link was used before",
    says: "It lets one browser in, once. If that was not you, say so to who sent it; they can make another, which puts this one out of use.",
  },
  replaced: {
    title: "A newer link took the place of this one",
    says: "Use the newest one that you were sent.",
  },
  late: {
    title: "This link waited too long",
    says: "It was good for seven days. Ask who sent it for another.",
  },
  expired: {
    title: "Your access is over",
    says: "It lasted until the day that was agreed on. Ask who invited you, if you need to look again.",
  },
  revoked: {
    title: "Your access was ended",
    says: "Whoever invited you ended it. Ask them, if you need to look again.",
  },
  left: {
    title: "You have left",
    says: "This browser sees nothing any more. To come back, ask for another link.",
  },
  idle: {
    title: "You were away for three days",
    says: "This browser is let in no longer. Ask who invited you for another link.",
  },
  too_often: {
    title: "Too many links were tried from here",
    says: "Wait ten minutes, then open yours again.",
  },
  foreign: {
    title: "This form was not sent from a page of Alongside",
    says: "Nothing happened. Open the link that you were sent.",
  },
  ended: {
    title: "This link lets nobody in any more",
    says: "Ask who sent it for another.",
  },
};
