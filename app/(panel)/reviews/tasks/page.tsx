import type { Metadata } from "next";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { Page } from "#components/ui/page.tsx";
import { Table, Th } from "#components/ui/table.tsx";
import { serverTime } from "#lib/kernel/server-time.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { readOverExceptions } from "#lib/reviews/overdue.ts";
import { readOwnTasks } from "#lib/reviews/own-tasks.ts";
import { periodTitle } from "#lib/reviews/rules.ts";
import { Day } from "../_components/day.tsx";
import { Overdue } from "../_components/overdue.tsx";
import { DoneForm } from "../[slug]/items/[number]/_components/done-form.tsx";
import "../reviews.css";

export const metadata: Metadata = { title: "Your tasks after reviews" };

/** What somebody has to do elsewhere, whoever they are: the item itself, with its figures, is not theirs to see. */
export default async function TasksPage() {
  const ctx = await requireStaff("search");
  const [tasks, over, now] = await Promise.all([
    readOwnTasks(ctx.db, ctx.actor.id),
    readOverExceptions(ctx.db, ctx.actor.id),
    serverTime(ctx),
  ]);
  return (
    <Page
      title="Your tasks after reviews"
      lead="Rights that were taken here and are to be taken elsewhere too. When you say that one is done, somebody else looks."
    >
      {tasks.length === 0 && over.length === 0 && (
        <Empty card kind="nothing" icon="check" title="Nothing for you to do">
          A reviewer gives you a task when something is to be changed outside of Alongside.
        </Empty>
      )}
      {tasks.length > 0 && (
        <Card label="Your tasks" flush>
          <Table caption="Your tasks" twoLines className="tasks">
            <thead>
              <tr>
                <Th>What</Th>
                <Th>Until</Th>
                <Th>State</Th>
              </tr>
            </thead>
            <tbody>
              {tasks.map((task) => (
                <tr key={task.id}>
                  <td className="wide">
                    <span className="who">
                      <span className="name">{task.what}</span>
                      <small>
                        {task.name}, {task.role}. {periodTitle(task.firstDay, task.lastDay)}
                      </small>
                    </span>
                  </td>
                  <td>
                    <span className="folded faint">until </span>
                    <Day day={task.dueOn} now={now} />{" "}
                    {task.late && !task.doneAt && (
                      <Mark icon="clock" tone="problem">
                        Late
                      </Mark>
                    )}
                  </td>
                  <td className="state">
                    {task.result === "still_possible" ? (
                      <span className="who">
                        <span>
                          <Mark icon="warn" tone="problem">
                            Still there
                          </Mark>
                        </span>
                        <small>Somebody looked; once it is gone, they look again.</small>
                      </span>
                    ) : task.doneAt ? (
                      <Mark icon="half">Done, to be looked at</Mark>
                    ) : (
                      <DoneForm taskId={task.id} />
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </Table>
        </Card>
      )}
      <Overdue
        id="answered-for"
        title="Exceptions you answer for, whose day is over"
        what="Why it was left"
        rows={over}
        now={now}
        linked={false}
      />
    </Page>
  );
}
