import type { ReactNode } from "react";
import { Keys } from "../keys/keys.tsx";
import { Toasts } from "../ui/toast.tsx";
import { type Person, PersonMenu } from "./person-menu.tsx";
import { SideBar } from "./side-bar.tsx";
import { TopBar } from "./top-bar.tsx";

type PanelProps = {
  /** What `sideBarHtml` gives. */
  nav: string;
  person: Person;
  /** `<Strip>` while the reader stands in. */
  strip?: ReactNode;
  /** `<StopBand>` while nothing can start. */
  stop?: ReactNode;
  /** What the keys are called where the reader sits. */
  keys: "mac" | "ctrl";
  children: ReactNode;
};

/** Around every page of the staff: strip and band above everything, the side bar, the page. */
export function Panel({ nav, person, strip, stop, keys, children }: PanelProps) {
  return (
    <Toasts>
      <Keys>
        <a className="btn skip" href="#main">
          Skip to the page
        </a>
        {strip}
        {stop}
        <div className="panel" data-keys={keys}>
          <TopBar person={person} />
          <nav className="nav" aria-label="Panel">
            <SideBar html={nav} />
            <PersonMenu person={person} />
          </nav>
          <main className="main" id="main" tabIndex={-1}>
            {children}
          </main>
        </div>
      </Keys>
    </Toasts>
  );
}
