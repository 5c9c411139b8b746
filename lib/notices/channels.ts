import type { Channel } from "./message.ts";
import type { OutName } from "./queue.ts";

/** The ways out of the panel that this installation has, by name. */
export type Channels = Partial<Record<OutName, Channel>>;
