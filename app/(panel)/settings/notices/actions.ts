"use server";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import {
  type AddChannel,
  addChannel,
  addChannelSchema,
  changeChannel,
  changeChannelSchema,
  channelSchema,
  removeChannel,
  rotateSecret,
} from "#lib/notices/team-channels.ts";
import { channelSettings } from "#lib/platform/notices.ts";
import { staffAction } from "#lib/platform/staff-action.ts";

const permission = "change_settings";

export const addNoticeChannel = staffAction({
  permission,
  input: addChannelSchema,
  run: (ctx: Ctx<StaffActor>, input: AddChannel) => addChannel(ctx, input, channelSettings()),
});
export const changeNoticeChannel = staffAction({
  permission,
  input: changeChannelSchema,
  run: changeChannel,
});
export const renewChannelSecret = staffAction({
  permission,
  input: channelSchema,
  run: (ctx, input) => rotateSecret(ctx, input, channelSettings()),
});
export const removeNoticeChannel = staffAction({
  permission,
  input: channelSchema,
  run: removeChannel,
  goTo: () => "/settings/notices",
});
