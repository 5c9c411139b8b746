import type { ChannelName } from "#lib/vocabulary.ts";
import type { Channel } from "./message.ts";

/** The ways out of the panel that this installation has; each registers itself where its settings are. */
export type Channels = Partial<Record<Exclude<ChannelName, "inbox">, Channel>>;
