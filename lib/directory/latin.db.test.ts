import { expect, test } from "vitest";
import { z } from "zod";
import { scene } from "#db/testing/scene.ts";
import { foldText, latinText } from "./latin.ts";

const s = await scene();
const of = z.object({ text: z.string(), folded: z.string(), latin: z.string() });

async function inTheDatabase(texts: string[]) {
  const { rows } = await s.owner.query(
    `select t as text, replace(fold(t), ' ', '') as folded,
       replace(coalesce(nullif(latin(t), ''), btrim(fold(t))), ' ', '') as latin from unnest($1::text[]) t`,
    [texts],
  );
  return z.array(of).parse(rows);
}
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).filter((sign) =>
    /\p{L}/u.test(sign),
  );
// Latin with its first supplements, Greek, Cyrillic as it is written today, Hebrew, Arabic, Hangul, ideographs.
const letters = [
  ...range(0xc0, 0x17f).filter((sign) => !"ĿŀŉĸŸ".includes(sign)),
  ...range(0x386, 0x3ce),
  ...range(0x400, 0x45f).filter((sign) => !"ЬЪьъ".includes(sign)),
  ...range(0x490, 0x491),
  ...range(0x5d0, 0x5ea),
  ...range(0x621, 0x64a),
  ...range(0xac00, 0xac40),
  ...range(0x4e00, 0x4e40),
];

test("a letter is folded here as it is in the database", async () => {
  for (const { text, folded } of await inTheDatabase(letters))
    expect([text, foldText(text)]).toEqual([text, folded]);
});

test("a letter is the same Latin letters here as it is in the database", async () => {
  for (const { text, latin } of await inTheDatabase(letters))
    expect([text, latinText(text).normalize("NFKD")]).toEqual([text, latin]);
});

test.each([
  ["Анна Жукова", "annazhukova"],
  ["Щербаков Юрий", "shcherbakovyuriy"],
  ["Олена Ґалаґан", "olenagalagan"],
  ["Γιώργος Παπαδόπουλος", "giorgospapadopoulos"],
  ["Ευαγγελία Χατζή", "evaggeliachatzi"],
  ["Jürgen Müller", "juergenmueller"],
  ["Søren Østergård", "soerenoestergaard"],
])("%s is %s", async (name, latin) => {
  expect(latinText(name).replaceAll(" ", "")).toBe(latin);
  expect((await inTheDatabase([name]))[0]?.latin).toBe(latin);
});
