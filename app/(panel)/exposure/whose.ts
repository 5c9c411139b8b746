import type { Choice } from "#components/choose/choices-answer.ts";
import { listProducts } from "#lib/evidence/list-products.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { readStaffName } from "#lib/staff/find-staff.ts";
import { colleagues, type Typed } from "../_filters/typed.ts";

/** Whom or what the address names, or what was typed there instead and may mean; and the products to choose from. */
export async function readWhose(
  ctx: Ctx<StaffActor>,
  given: string,
): Promise<{ products: Choice[]; whose: Choice | null; typed: Typed | null }> {
  const products = (await listProducts(ctx.db)).map(
    ({ id, name }): Choice => ({ value: `product:${id}`, label: name, second: "Product" }),
  );
  const product = products.find(({ value }) => value === given);
  if (product || given === "") return { products, whose: product ?? null, typed: null };
  const id = idSchema.safeParse(/^actor:(.*)$/s.exec(given)?.[1]);
  const person = id.success ? await readStaffName(ctx, "see_exposure", id.data) : null;
  if (person)
    return {
      products,
      whose: { value: given, label: person.name, second: person.team },
      typed: null,
    };
  const isAddress = /^(actor|product):/.test(given);
  return { products, whose: null, typed: isAddress ? null : await meant(ctx, given, products) };
}

async function meant(ctx: Ctx<StaffActor>, given: string, products: Choice[]): Promise<Typed> {
  const text = given.trim().slice(0, 100);
  const staff = await colleagues(ctx, text, "see_exposure");
  return {
    field: "whose",
    text,
    choices: [
      ...products
        .filter(({ label }) => label.toLowerCase().includes(text.toLowerCase()))
        .map(({ value, label }) => ({ id: value, name: label, second: "Product" })),
      ...staff.map((one) => ({ ...one, id: `actor:${one.id}` })),
    ],
  };
}
