import { bigint, customType, timestamp } from "drizzle-orm/pg-core";

/** A moment. */
export const at = (name: string) => timestamp(name, { withTimezone: true });

export const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** The number of a transaction, as `entry_readers` and the log keep it. */
export const xid = (name: string) => bigint(name, { mode: "number" });
