import { expect, it } from "vitest";
import { isReadable } from "./readable.ts";

it.each(["/", "/customers/%25ff", "/?q=%ff", "/sessions/%00"])("reads %s", (address) =>
  expect(isReadable(address)).toBe(true),
);

it.each(["/sessions/%ff", "/%", "/%E0%A4%A?q=1"])("does not read %s", (address) =>
  expect(isReadable(address)).toBe(false),
);
