import { Icon } from "../ui/icon.tsx";
import { ModKbd } from "../ui/kbd.tsx";
import { written } from "../written.ts";
import { Brand } from "./brand.tsx";
import { type NavGroup, NavList } from "./nav.tsx";

/** What stands in the side bar above the reader's name. As one string: every page has it, and it only shows. */
export const sideBarHtml = (groups: readonly NavGroup[], path: string, crumb?: string): string =>
  written(
    <>
      <Brand />
      <button
        className="find"
        type="button"
        data-opens="palette"
        aria-keyshortcuts="Meta+K Control+K"
      >
        <Icon name="search" />
        <span className="grow">Go to…</span>
        <ModKbd seenOnly>K</ModKbd>
      </button>
      <NavList groups={groups} path={path} crumb={crumb} />
    </>,
  );
