import type { Paper } from "#lib/files/pdf/paper.ts";
import { doneWords, lookedWords } from "./fields.ts";
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
    caption: "Tasks",
    columns: [
      { head: "Item", of: ({ item }) => item.number, align: "right", width: 0.5 },
      { head: "Person", of: ({ item }) => item.name, width: 1.4 },
      { head: "What", of: ({ task }) => task.what, width: 2.4 },
      { head: "Owner", of: ({ task }) => task.owner?.name, width: 1.3 },
      { head: "Due", of: ({ task }) => task.dueOn, width: 1.1 },
      { head: "Done", of: ({ task }) => doneWords(task), width: 1.6 },
      { head: "Looked at", of: ({ task }) => lookedWords(task), width: 2.4 },
    ],
    rows: tasksOf(items),
    none: "None: nothing was to be done elsewhere.",
  });
}
