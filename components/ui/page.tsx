import type { ReactNode } from "react";
import { classes } from "./classes.ts";
import { type Crumb, Crumbs } from "./crumbs.tsx";

type PageProps = {
  title: ReactNode;
  lead?: ReactNode;
  crumbs?: readonly Crumb[];
  /** Buttons at the end of the head. */
  actions?: ReactNode;
  /** Beside the title: the discs of the two people, or an account's square. */
  sign?: ReactNode;
  /** Under the title: marks and facts. */
  facts?: ReactNode;
  width?: "normal" | "form" | "wide";
  children: ReactNode;
};

/** The column of a page: where one is, what it is, its content. */
export function Page({ title, lead, crumbs, actions, sign, facts, width, children }: PageProps) {
  return (
    <div className={classes("page", width !== "normal" && width)}>
      {crumbs && <Crumbs items={crumbs} />}
      <div className="row between top gap-y-4">
        <div className="row fix top grow basis-full gap-3.5 fold:basis-0">
          {sign && <span className="pt-1">{sign}</span>}
          <div className="head">
            <h1>{title}</h1>
            {lead && <p className="lead">{lead}</p>}
            {facts && <div className="row tight sm soft">{facts}</div>}
          </div>
        </div>
        {actions && <div className="row">{actions}</div>}
      </div>
      {children}
    </div>
  );
}
