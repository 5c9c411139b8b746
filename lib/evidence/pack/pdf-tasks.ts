import type { Paper } from "#lib/files/pdf/paper.ts";
import { givenOnWords } from "./fields.ts";
import type { PackItem } from "./item.ts";

type Row = { item: PackItem; task: PackItem["tasks"][number] };

async function* tasksOf(items: AsyncIterable<PackItem>): AsyncGenerator<Row> {
  for await (const item of items) for (const task of item.tasks) yield { item, task };
}

/** What decisions asked for elsewhere, with who answered for it and who looked. */
export async function writeTasks(paper: Paper, items: AsyncIterable<PackItem>): Promise<void> {
  paper.heading("To be done elsewhere");
  paper.paragraph(
    "What was to follow a decision outside of this system: it has an owner and a day, and somebody else looks whether it was done.",
  );
  await paper.table({
    caption: "Tasks, by item",
    columns: [
      { head: "Item", of: ({ item }) => item.number, align: "right", width: 0.5 },
      { head: "Person", of: ({ item }) => item.name, width: 1.7 },
      {
        head: "What",
        of: ({ task }) => task.what,
        second: ({ task }) => task.givenOn.map(givenOnWords).join("; ") || null,
        width: 3,
      },
      {
        head: "Owner",
        of: ({ task }) => task.owner?.name,
        second: ({ task }) => `due ${task.dueOn}`,
        width: 1.5,
      },
      {
        head: "Done by",
        of: ({ task }) => (task.doneAt ? (task.doneBy?.name ?? "nobody") : "not done"),
        second: ({ task }) => task.doneAt?.toISOString(),
        width: 2,
      },
      { head: "Looked again", of: foundWords, second: lookedWords, width: 3.2 },
    ],
    rows: tasksOf(items),
    none: "There is none: nothing was to be done elsewhere.",
  });
}

const foundWords = ({ task: { result, verifiedHow } }: Row): string =>
  result ? `${resultWords[result]}. ${verifiedHow ?? ""}`.trim() : "nobody looked again";

const lookedWords = ({ task: { verifiedBy, verifiedAt } }: Row): string | null =>
  verifiedAt && `by ${verifiedBy?.name ?? "nobody"}, ${verifiedAt.toISOString()}`;

const resultWords = {
  refused: "It is gone",
  still_possible: "It is still there",
  given_anew: "It was given anew",
};
