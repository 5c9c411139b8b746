/** Something that the person who starts us can mend: shown as its one sentence, without a stack. */
export class Failure extends Error {}
