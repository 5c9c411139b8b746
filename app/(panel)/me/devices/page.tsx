import type { Metadata } from "next";
import { Time } from "#components/time.tsx";
import { Card } from "#components/ui/card.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { Page } from "#components/ui/page.tsx";
import { RowHead, Table, Th } from "#components/ui/table.tsx";
import { serverTime } from "#lib/kernel/server-time.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { deviceWords } from "#lib/staff/device-words.ts";
import { readDevices } from "#lib/staff/devices.ts";
import { EndDevice } from "./_components/end-device.tsx";

export const metadata: Metadata = { title: "My devices" };

export default async function MyDevicesPage() {
  const ctx = await requireStaff();
  const now = await serverTime(ctx);
  const devices = await readDevices(ctx, now);
  const { zone } = ctx.actor;
  return (
    <Page
      title="My devices"
      lead="Where you are signed in now. Ending one signs it out at once, and ends a live session that was started there. Only you see this; where it was is forgotten when it ends."
    >
      <Card title="Signed in" id="devices" flush>
        <Table caption="Where you are signed in, this browser first" twoLines>
          <thead>
            <tr>
              <Th>Browser</Th>
              <Th>Place</Th>
              <Th>When</Th>
              <Th>
                <span className="vh">End it</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {devices.map((device) => (
              <tr key={device.id}>
                <RowHead className="wide">
                  <span className="row tight">
                    {deviceWords(device.userAgent)}
                    {device.isThis && <Mark icon="check">This one</Mark>}
                  </span>
                </RowHead>
                <td>{device.ip ?? <span className="faint">Not known</span>}</td>
                <td className="nowrap to-end">
                  <span className="who">
                    <span>
                      Signed in <Time at={device.since} now={now} zone={zone} />
                    </span>
                    <small>
                      last active <Time at={device.activeAt} now={now} zone={zone} />
                    </small>
                  </span>
                </td>
                <td className={device.isThis ? "hide" : "wide w-px"}>
                  {!device.isThis && (
                    <EndDevice
                      signInId={device.id}
                      about={`${deviceWords(device.userAgent)}${device.ip ? `, ${device.ip}` : ""}`}
                    />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      </Card>
      {devices.some(({ isThis }) => !isThis) ? (
        <div className="row">
          <EndDevice signInId={null} />
        </div>
      ) : (
        <p className="soft">You are signed in nowhere else.</p>
      )}
    </Page>
  );
}
