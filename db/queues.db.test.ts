import { afterAll, expect, it } from "vitest";
import { bossOver, ensureQueues, queues } from "./queues.ts";
import { testDatabase } from "./testing/database.ts";

const database = await testDatabase();
afterAll(() => database.drop());
const over = (pool: typeof database.runtime) =>
  bossOver({ executeSql: (text, values) => pool.query(text, values) });

it("lets the runtime role send, take, finish and look after jobs, and make no queue", async () => {
  const boss = over(database.runtime);
  await boss.start();
  for (const queue of queues) {
    await boss.insert(queue, [{ data: { id: "one" } }, { data: { id: "two" } }]);
    const jobs = await boss.fetch<{ id: string }>(queue, { batchSize: 5 });
    expect(jobs.map((job) => job.data.id).sort()).toEqual(["one", "two"]);
    await boss.complete(queue, jobs);
    await boss.supervise(queue);
  }
  await boss.supervise();
  await expect(boss.createQueue("another")).rejects.toThrow("permission denied");
  await expect(database.runtime.query("drop table pgboss.job")).rejects.toThrow("must be owner");
  await boss.stop({ graceful: false });
});

it("is made again and again without losing what waits", async () => {
  const boss = over(database.runtime);
  await boss.start();
  await boss.insert("notice-mail", [{ data: { id: "waits" } }]);
  const client = await database.owner.connect();
  const runtimeUser = decodeURIComponent(new URL(database.runtimeUrl).username);
  await ensureQueues(client, runtimeUser).finally(() => client.release());
  expect(await boss.fetch("notice-mail")).toMatchObject([{ data: { id: "waits" } }]);
  await boss.stop({ graceful: false });
});
