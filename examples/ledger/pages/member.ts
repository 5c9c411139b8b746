import { type Request, Router } from "express";
import { pool } from "../database.ts";
import { pushSoon } from "../directory.ts";
import { door } from "../door.ts";
import { field } from "../forms.ts";
import { html, trusted } from "../html.ts";
import { owner, page } from "../layout.ts";
import type { Role } from "../people.ts";
import { mayConfigure, notYours } from "../rights.ts";
import { viewerOf } from "../signed-in.ts";
import {
  changeRole,
  dropSecondFactor,
  findMember,
  type Given,
  given,
  removeMember,
} from "../team.ts";
import { notFound } from "./not-found.ts";

export const memberPages = Router();

export const roleText: Record<Role, string> = {
  owner: "Owner",
  admin: "Admin",
  bookkeeper: "Bookkeeper",
  member: "Member",
};

export const roleIn = (req: Request): Given | undefined =>
  given.find((role) => role === field(req, "role"));

const roleMeans: Record<Given, string> = {
  admin: "Everything but what is the owner’s: also the team, keys and settings.",
  bookkeeper: "Invoices, clients and reports.",
  member: "Invoices and clients.",
};

memberPages.get("/settings/team/:id", async (req, res) => {
  const viewer = viewerOf(req);
  if (!mayConfigure(viewer)) return notYours(req, res);
  const member = await findMember(pool, viewer, req.params.id);
  if (!member) return notFound(req, res);
  const address = `/settings/team/${member.id}`;
  const body = html`<div><p class="mild"><a href="/settings/team">Team</a></p><h1><bdi${member.lang && html` lang="${member.lang}"`}>${member.name}</bdi></h1><p class="mild">${member.email}</p></div>
<form class="sheet pad form" method="post" action="${address}/role">${owner(req)}
<fieldset><legend>What may ${member.name} do?</legend>${given.map(
    (role) =>
      html`<label class="choice"><input type="radio" name="role" value="${role}"${role === member.role && trusted(" checked")}><span>${roleText[role]}<small>${roleMeans[role]}</small></span></label>`,
  )}</fieldset><div class="row"><button class="btn">Save role</button></div></form>
${
  member.two_factor &&
  html`<section><h2>Second factor</h2><p class="mild">On. Who lost their device signs in with the password alone once you turned it off, and sets up another.</p>
<form method="post" action="${address}/second-factor">${owner(req)}<button class="btn plain">Turn it off</button></form></section>`
}
<section><h2>Remove</h2><p class="mild">They are signed out everywhere at once. What they did stays in the history.</p>
<form method="post" action="${address}/remove">${owner(req)}<button class="btn plain">Remove ${member.name}</button></form></section>`;
  res.send(await page(req, { title: member.name, section: "Settings", body }));
});

memberPages.post("/settings/team/:id/role", door.deny("change a role"), async (req, res) => {
  const viewer = viewerOf(req);
  if (!mayConfigure(viewer)) return notYours(req, res);
  const role = roleIn(req);
  if (!role || !(await changeRole(req, viewer, String(req.params.id), role)))
    return notFound(req, res);
  pushSoon(viewer.accountId);
  res.redirect(303, "/settings/team?done=role");
});

memberPages.post("/settings/team/:id/remove", door.deny("remove a colleague"), async (req, res) => {
  const viewer = viewerOf(req);
  if (!mayConfigure(viewer)) return notYours(req, res);
  if (!(await removeMember(req, viewer, String(req.params.id)))) return notFound(req, res);
  pushSoon(viewer.accountId);
  res.redirect(303, "/settings/team?done=removed");
});

memberPages.post(
  "/settings/team/:id/second-factor",
  door.deny("turn a second factor off"),
  async (req, res) => {
    const viewer = viewerOf(req);
    if (!mayConfigure(viewer)) return notYours(req, res);
    if (!(await dropSecondFactor(req, viewer, String(req.params.id)))) return notFound(req, res);
    res.redirect(303, "/settings/team?done=factor");
  },
);
