import { expect, test } from "vitest";
import { partsOf } from "./sentence.tsx";

const apart = (text: string, names: string[] = []) =>
  partsOf(text, names)
    .filter((one) => one.apart)
    .map(({ part }) => part);

test("what is written from the right stands by itself, names that are known too", () => {
  expect(apart("You looked as أمل الزيتوني (Eddystone Ropes), 27 Nov")).toEqual(["أمل الزيتوني"]);
  expect(apart("Opened יעל בן-דוד, Quennell Freight")).toEqual(["יעל בן-דוד"]);
  expect(apart("Opened Ярослав, Copperline Rail")).toEqual([]);
  expect(apart("Opened Ярослав, Copperline Rail", ["Ярослав"])).toEqual(["Ярослав"]);
  expect(apart("Asked to look as Ann (x) Lee, 15 min", ["Ann", "Ann (x) Lee"])).toEqual([
    "Ann (x) Lee",
  ]);
});

test("nothing of the text is lost", () => {
  const text = "As أمل الزيتوني and Jane";
  expect(partsOf(text, ["Jane"]).map(({ part }) => part)).toEqual([
    "As ",
    "أمل الزيتوني",
    " and ",
    "Jane",
  ]);
});
