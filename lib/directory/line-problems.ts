import type { z } from "zod";

const inWords: Record<string, string> = {
  string: "a text",
  boolean: "true or false",
  object: "an object",
};

/** What is wrong with a field, as a sentence that starts after the field's name; the schema's own words come first. */
export const lineProblems: z.core.$ZodErrorMap = (issue) => {
  if (issue.input === undefined && issue.code !== "invalid_union") return "Is missing.";
  switch (issue.code) {
    case "invalid_type":
      return `Must be ${inWords[issue.expected] ?? issue.expected}.`;
    case "invalid_value":
      return `Must be ${issue.values.map(String).join(" or ")}.`;
    case "invalid_union":
      return "Must be account, user or ticket.";
    case "too_big":
      return `Is longer than ${issue.maximum} characters.`;
    case "invalid_format":
      return issue.format === "datetime"
        ? "Must be a time with its zone, such as 2026-11-24T10:00:00Z."
        : "Is not of the form that it must have.";
    default:
      return undefined;
  }
};
