import { GlassMark, RefusedMark, WriteMark } from "#components/marks.tsx";
import { Sentence } from "#components/sentence.tsx";
import { clock, dayOnly } from "#components/time-words.ts";
import { classes } from "#components/ui/classes.ts";
import { PlainLink } from "#components/ui/plain-link.tsx";
import type { AuditRow } from "#lib/audit/queries.ts";
import { isAsSubject, isGlass, isRefusal, whatOf, whoOf } from "../words.ts";
import { Entry } from "./entry.tsx";

type EntryRowProps = {
  row: AuditRow;
  open: boolean;
  /** The page with this entry open, or without. */
  href: string;
  time: { now: Date; zone: string };
};

/** One entry. Its time is the way to open it: a link, so that it works without script and can be sent. */
export function EntryRow({ row, open, href, time }: EntryRowProps) {
  const body = `entry-${row.id}`;
  const write = row.isWrite === true;
  return (
    <>
      <tr className={classes(open && "on") || undefined}>
        <td className="at">
          <PlainLink
            className="cell"
            href={href}
            scroll={false}
            data-row
            aria-expanded={open}
            aria-controls={open ? body : undefined}
          >
            <time dateTime={row.at.toISOString()} title={row.at.toISOString()}>
              {dayOnly(row.at, time.now, time.zone)}, {clock(row.at, row.at, time.zone, true)}
            </time>
          </PlainLink>
        </td>
        <td className="a">
          <span className="named">{open ? <strong>{whoOf(row)}</strong> : whoOf(row)}</span>
        </td>
        <td className={row.subjectName ? "b" : "b faint"}>
          {row.subjectName ? (
            <span className="named">
              <span className="faint">{isAsSubject(row) ? "as" : "for"} </span>
              <span
                className={open ? "font-semibold" : undefined}
                lang={row.subjectLang ?? undefined}
              >
                {row.subjectName}
              </span>
            </span>
          ) : (
            "–"
          )}
        </td>
        <td className="ev">{row.event}</td>
        <td className="wide what">
          {isRefusal(row) && <RefusedMark />}
          {isGlass(row) && <GlassMark />}
          {write && <WriteMark />}{" "}
          <Sentence text={whatOf(row)} names={[{ name: row.subjectName, lang: row.subjectLang }]} />
        </td>
      </tr>
      {open && (
        <tr className="body" id={body}>
          <td colSpan={5} className="wide">
            <Entry row={row} />
          </td>
        </tr>
      )}
    </>
  );
}
