import pg from "pg";
import { formulaPattern } from "./csv.ts";
import { insideMark } from "./lines.ts";

const pattern = pg.escapeLiteral(formulaPattern);

/**
 * A column as a cell of CSV, made inert as `inert` does it: an expression of SQL for COPY. Give the name of a column, not
 * what computes it. Most cells begin with a letter or a digit and hold no line's end; they are looked at no further.
 */
export const csvCellSql = (column: string): string => `case
  when (ascii(${column}) between 48 and 57 or ascii(${column}) between 65 and 123) and strpos(${column}, e'\\n') = 0 then ${column}
  else replace(case when ${column} ~ ${pattern} then '''' || ${column} else ${column} end, e'\\n', chr(${insideMark}) || e'\\n') end`;
