import { type Request, Router } from "express";
import { door } from "../door.ts";
import { env } from "../env.ts";
import { field, isEmail } from "../forms.ts";
import { historyList } from "../history.ts";
import { html, type Markup, trusted } from "../html.ts";
import { invite, listInvites, mostInvites, withdrawInvite } from "../invites.ts";
import { owner, page } from "../layout.ts";
import type { Role } from "../people.ts";
import { mayConfigure, notYours } from "../rights.ts";
import { viewerOf } from "../signed-in.ts";
import { given, listMembers, type Member } from "../team.ts";
import { moment } from "../time.ts";
import type { Viewer } from "../viewer.ts";
import { roleIn, roleText } from "./member.ts";
import { notFound } from "./not-found.ts";

export const teamPages = Router();

teamPages.get("/settings/team", async (req, res) => {
  res.send(await teamPage(req));
});

teamPages.post("/settings/team/invites", door.deny("invite a colleague"), async (req, res) => {
  const viewer = viewerOf(req);
  if (!mayConfigure(viewer)) return notYours(req, res);
  const email = field(req, "email");
  const role = roleIn(req);
  if (!isEmail(email) || !role)
    return void res
      .status(422)
      .send(await teamPage(req, { problem: "Write an e-mail address and choose a role." }));
  const invited = await invite(req, viewer, email, role);
  if ("refused" in invited) {
    const problem =
      invited.refused === "member"
        ? `${email} is one of you already.`
        : `${mostInvites} invites are open. Withdraw one first.`;
    return void res.status(422).send(await teamPage(req, { problem }));
  }
  // No redirect: the link is in this answer only.
  res.send(await teamPage(req, { invited: { email, link: `${env.url}/join/${invited.token}` } }));
});

teamPages.post(
  "/settings/team/invites/:id/withdraw",
  door.deny("withdraw an invite"),
  async (req, res) => {
    const viewer = viewerOf(req);
    if (!mayConfigure(viewer)) return notYours(req, res);
    if (!(await withdrawInvite(req, viewer, String(req.params.id)))) return notFound(req, res);
    res.redirect(303, "/settings/team?done=withdrawn");
  },
);

const doneTexts: Record<string, string> = {
  withdrawn: "The invite was withdrawn. Its link opens nothing any more.",
  role: "The role was changed.",
  removed: "They are out, in every browser.",
  factor: "The second factor is off. They are signed out, and sign in with the password alone.",
};

type Shown = { problem?: string; invited?: { email: string; link: string } };

async function teamPage(req: Request, { problem, invited }: Shown = {}): Promise<string> {
  const viewer = viewerOf(req);
  const may = mayConfigure(viewer);
  const { members, more } = await listMembers(viewer.accountId, cursorOf(req.query.after));
  const invites = await listInvites(viewer.accountId);
  const last = members.at(-1);
  const done = doneTexts[String(req.query.done)];
  const body = html`<h1>Team</h1>
${done && html`<p class="done" role="status">${done}</p>`}
${
  invited &&
  html`<div class="sheet pad secret" role="status"><h2>${invited.email} is invited</h2><p>Hand this link over yourself: Ledger sends no mail here, and cannot show it again. It is good once, for 7 days.</p><pre tabindex="0" aria-label="The link">${invited.link}</pre></div>`
}
<div class="sheet list"><table><caption class="vh">Members</caption><thead><tr><th scope="col">Name</th><th scope="col" class="hide">Last seen</th><th scope="col" class="hide when">Second factor</th><th scope="col">Role</th></tr></thead>
<tbody>${members.map((member) => memberRow(viewer, may, member))}</tbody></table></div>
${more && last && html`<p class="mild"><a href="/settings/team?after=${encodeURIComponent(`${last.sort_key}~${last.id}`)}">Next page</a></p>`}
<section><h2>Open invites</h2>${
    invites.length > 0
      ? html`<div class="sheet list"><table><caption class="vh">Open invites</caption><thead><tr><th scope="col">E-mail</th><th scope="col">Role</th><th scope="col" class="hide">By</th><th scope="col" class="hide">Until</th>${may && html`<th scope="col" class="n"><span class="vh">Withdraw</span></th>`}</tr></thead><tbody>${invites.map(
          (one) =>
            html`<tr><td class="long">${one.email}</td><td>${roleText[one.role]}</td><td class="hide">${one.invited_by}</td><td class="hide">${moment(one.expires_at)}</td>${may && html`<td class="n"><form method="post" action="/settings/team/invites/${one.id}/withdraw">${owner(req)}<button class="link" aria-label="Withdraw the invite of ${one.email}">Withdraw</button></form></td>`}</tr>`,
        )}</tbody></table></div>`
      : html`<p class="mild">Nobody is invited at the moment.</p>`
  }</section>
${
  may
    ? html`<section><h2>Invite a colleague</h2><form class="sheet pad form" method="post" action="/settings/team/invites">${owner(req)}
${problem && html`<div class="problems" role="alert" tabindex="-1" autofocus><p>${problem}</p></div>`}
<div class="grid"><label>E-mail<input type="email" name="email" value="${invited ? "" : field(req, "email")}" required maxlength="200"></label>
<label>Role${roleSelect("member")}</label></div><div class="row"><button class="btn">Invite</button></div></form></section>`
    : html`<p class="mild">Only the owner and admins of ${viewer.accountName} invite, and change roles.</p>`
}
<section><h2>History</h2>${await historyList(viewer.accountId, "team")}</section>`;
  return page(req, { title: "Team", section: "Settings", body });
}

function memberRow(viewer: Viewer, may: boolean, member: Member): Markup {
  const isFixed = !may || member.role === "owner" || member.id === viewer.userId;
  const name = html`<bdi${member.lang && html` lang="${member.lang}"`}>${member.name}</bdi>`;
  return html`<tr><td class="long">${
    isFixed ? name : html`<a href="/settings/team/${member.id}">${name}</a>`
  }${member.id === viewer.userId && html` <span class="mild">(you)</span>`}<small class="mild">${member.email}</small></td>
<td class="hide when">${member.last_seen_at ? moment(member.last_seen_at) : "Never"}</td><td class="hide">${member.two_factor ? "On" : "Off"}</td>
<td>${roleText[member.role]}</td></tr>`;
}

function roleSelect(chosen: Role): Markup {
  return html`<select name="role">${given.map(
    (role) =>
      html`<option value="${role}"${role === chosen && trusted(" selected")}>${roleText[role]}</option>`,
  )}</select>`;
}

/** `jane ashdown~usr_7QK2M9`: the last member of the page before. */
function cursorOf(value: unknown) {
  const text = typeof value === "string" ? value.replaceAll("\0", "") : "";
  const cut = text.lastIndexOf("~");
  return cut < 1 ? null : { sort_key: text.slice(0, cut), id: text.slice(cut + 1) };
}
