import { z } from "zod";

/*
 * Block Kit's rules as docs.slack.dev/reference/block-kit states them, for the blocks and elements that we use; anything
 * else is a fault, so that a new one is looked up first. For tests only.
 */

const text = (most: number) => z.string().min(1).max(most);
const plainText = (most: number) =>
  z.strictObject({
    type: z.literal("plain_text"),
    text: text(most),
    emoji: z.boolean().optional(),
  });
const mrkdwn = (most: number) =>
  z.strictObject({
    type: z.literal("mrkdwn"),
    text: text(most),
    verbatim: z.boolean().optional(),
  });
const anyText = (most: number) => z.union([plainText(most), mrkdwn(most)]);
const blockId = z.string().min(1).max(255).optional();
const actionId = z.string().min(1).max(255);

const confirm = z.strictObject({
  title: plainText(100),
  text: anyText(300),
  confirm: plainText(30),
  deny: plainText(30),
  style: z.enum(["primary", "danger"]).optional(),
});

const button = z.strictObject({
  type: z.literal("button"),
  text: plainText(75),
  action_id: actionId.optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(3000)
    .optional(),
  value: z.string().max(2000).optional(),
  style: z.enum(["primary", "danger"]).optional(),
  confirm: confirm.optional(),
  accessibility_label: z.string().max(75).optional(),
});

const plainTextInput = z
  .strictObject({
    type: z.literal("plain_text_input"),
    action_id: actionId.optional(),
    initial_value: z.string().optional(),
    multiline: z.boolean().optional(),
    min_length: z.int().min(0).max(3000).optional(),
    max_length: z.int().min(1).max(3000).optional(),
    focus_on_load: z.boolean().optional(),
    placeholder: plainText(150).optional(),
  })
  .refine((input) => (input.min_length ?? 0) <= (input.max_length ?? 3000), "min over max");

const style = z
  .strictObject({
    bold: z.boolean().optional(),
    italic: z.boolean().optional(),
    strike: z.boolean().optional(),
    code: z.boolean().optional(),
  })
  .optional();
const richText = z.strictObject({ type: z.literal("text"), text: text(3000), style });
const richPart = z.strictObject({
  type: z.enum(["rich_text_section", "rich_text_quote", "rich_text_preformatted"]),
  elements: z.array(richText).min(1),
  border: z.int().optional(),
});

const block = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("header"), block_id: blockId, text: plainText(150) }),
  z
    .strictObject({
      type: z.literal("section"),
      block_id: blockId,
      text: anyText(3000).optional(),
      fields: z.array(anyText(2000)).min(1).max(10).optional(),
      accessory: button.optional(),
      expand: z.boolean().optional(),
    })
    .refine((section) => section.text ?? section.fields, "neither text nor fields"),
  z.strictObject({ type: z.literal("divider"), block_id: blockId }),
  z.strictObject({
    type: z.literal("context"),
    block_id: blockId,
    elements: z.array(anyText(3000)).min(1).max(10),
  }),
  z.strictObject({
    type: z.literal("actions"),
    block_id: blockId,
    elements: z.array(button).min(1).max(25),
  }),
  z.strictObject({
    type: z.literal("rich_text"),
    block_id: blockId,
    elements: z.array(richPart).min(1),
  }),
  z.strictObject({
    type: z.literal("input"),
    block_id: blockId,
    label: plainText(2000),
    element: plainTextInput,
    hint: plainText(2000).optional(),
    optional: z.boolean().optional(),
    dispatch_action: z.boolean().optional(),
  }),
]);
type Block = z.infer<typeof block>;

const noInput = (blocks: Block[]) => blocks.every(({ type }) => type !== "input");
const messageBlocks = z
  .array(block)
  .min(1)
  .max(50)
  .refine(noInput, "an input is for modals")
  .refine(oneOfEach, "an id twice");
const view = z
  .strictObject({
    type: z.literal("modal"),
    title: plainText(24),
    submit: plainText(24).optional(),
    close: plainText(24).optional(),
    blocks: z.array(block).min(1).max(100).refine(oneOfEach, "an id twice"),
    private_metadata: z.string().max(3000).optional(),
    callback_id: z.string().max(255).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
  })
  .refine(({ submit, blocks }) => submit || noInput(blocks), "a modal with an input has a submit");

/** Block ids are unique in a message, action ids in a block. */
function oneOfEach(blocks: Block[]): boolean {
  const unique = (ids: (string | undefined)[]) => {
    const given = ids.filter((id) => id !== undefined);
    return new Set(given).size === given.length;
  };
  return (
    unique(blocks.map(({ block_id }) => block_id)) &&
    blocks.every(
      (one) => one.type !== "actions" || unique(one.elements.map(({ action_id }) => action_id)),
    )
  );
}

const faults = (schema: z.ZodType, value: unknown): string[] => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return [];
  return parsed.error.issues.map(({ path, message }) => `[ERROR] ${message} at ${path.join("/")}`);
};

/** What Slack would have against the blocks of a message; nothing where it would show them. */
export const faultsOfMessage = (blocks: unknown): string[] => faults(messageBlocks, blocks);

/** The same of a modal. */
export const faultsOfView = (value: unknown): string[] => faults(view, value);
