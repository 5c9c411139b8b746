import { RowKeys } from "#components/keys/row-keys.tsx";
import { cityOf } from "#components/time-words.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Table, Th } from "#components/ui/table.tsx";
import type { AuditRow } from "#lib/audit/queries.ts";
import type { Params } from "../../_filters/address.ts";
import { auditAddress } from "../address.ts";
import { EntryRow } from "./entry-row.tsx";

type AuditTableProps = {
  rows: readonly AuditRow[];
  zone: string;
  openId: string | null;
  /** The address of this very page. */
  here: Params;
};

export function AuditTable({ rows, zone, openId, here }: AuditTableProps) {
  const now = new Date();
  return (
    <RowKeys>
      <Table caption="Audit log, newest first" className="audit">
        <thead>
          <tr>
            <Th sorted="descending">
              Time ({cityOf(zone)}) <Icon name="down" />
            </Th>
            <Th>Who</Th>
            <Th>As whom or for whom</Th>
            <Th>Event</Th>
            <Th>What</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <EntryRow
              key={row.id}
              row={row}
              open={row.id === openId}
              href={auditAddress({ ...here, open: row.id === openId ? null : row.id })}
              time={{ now, zone }}
            />
          ))}
        </tbody>
      </Table>
    </RowKeys>
  );
}
