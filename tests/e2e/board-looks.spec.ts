import type { Page } from "@playwright/test";
import collabEn from "~/collab/words/en";
import collabUk from "~/collab/words/uk";
import { ideaId } from "../personas";
import { examine, expect, PHONE, test } from "./journey";

const OWNER = "owner@metis.example";
const DESIGNER = "designer@tandem.example";
/** One of Metis' that no other journey draws on. */
const IDEA = ideaId(22);
const { looks, tools } = collabEn.board;

const item = (page: Page, at: number) => page.locator(".board-item").nth(at);
const look = (aspect: keyof typeof looks.aspect, value: string) => `${looks.aspect[aspect]}: ${value}`;

test("colours and lines are chosen by keyboard in the list and by mouse in the drawing, called by name, and taken back", async ({
  person,
}) => {
  const [owner, designer] = await Promise.all([person(OWNER, { viewport: PHONE }), person(DESIGNER)]);
  await owner.goto(`/ideas/${IDEA}/board`);
  await designer.goto(`/staff/ideas/${IDEA}/board`);
  const bar = designer.getByRole("toolbar", { name: tools.bar });
  await expect(bar).toBeVisible({ timeout: 30_000 });
  const theirs = collabUk.board;
  await expect(owner.getByRole("toolbar", { name: theirs.tools.bar })).toBeVisible({ timeout: 30_000 });
  await owner.getByLabel(theirs.outline.new).fill("Ціна");
  await owner.keyboard.press("Enter");
  await expect(item(designer, 0)).toContainText(look("background", looks.background.yellow));
  // Said before the next is done: of what somebody adds and colours in one go it is said that they added it.
  await expect(designer.getByRole("status").filter({ hasText: "added: Sticky “Ціна”" })).toBeAttached();

  // By keyboard alone, in the list.
  const open = item(owner, 0).getByRole("button", { name: theirs.looks.of.replace("{name}", "") });
  await open.focus();
  await owner.keyboard.press("Enter");
  await expect(open).toHaveAttribute("aria-expanded", "true");
  const ground = item(owner, 0).getByRole("group", { name: `${theirs.looks.aspect.background}: ` });
  const green = ground.getByRole("button", { name: theirs.looks.background.green });
  await green.focus();
  await owner.keyboard.press("Space");
  await expect(green).toBeFocused();
  await expect(green).toHaveAttribute("aria-pressed", "true");
  const said = `Стікер «Ціна». ${theirs.looks.aspect.background}: ${theirs.looks.background.green}.`;
  await expect(owner.getByRole("status").filter({ hasText: said })).toBeAttached();
  await expect(item(designer, 0)).toContainText(look("background", looks.background.green));
  const told = /^(?!Somebody).+ changed the look of: Sticky “Ціна” \(Background: green\)\.$/;
  await expect(designer.getByRole("status").filter({ hasText: told })).toBeAttached();

  // By mouse, in the drawing: what one draws next, then what is selected.
  await bar.getByRole("button", { name: looks.tool }).click();
  const next = designer.getByRole("group", { name: looks.ofNext });
  await next.getByRole("button", { name: looks.line.dashed }).click();
  await next
    .getByRole("group", { name: look("colour", looks.colour.plain) })
    .getByRole("button", { name: looks.colour.blue })
    .click();
  await bar.getByRole("button", { name: tools.ellipse, exact: true }).click();
  const box = await designer
    .getByRole("region", { name: collabEn.board.page.drawing })
    .locator("canvas.interactive")
    .boundingBox();
  if (!box) throw new Error("there is no canvas");
  await designer.mouse.move(box.x + 60, box.y + 60);
  await designer.mouse.down();
  await designer.mouse.move(box.x + 160, box.y + 150, { steps: 4 });
  await designer.mouse.up();
  await expect(item(designer, 1)).toContainText(
    `${look("colour", looks.colour.blue)}; ${look("line", looks.line.dashed)}`,
  );
  // What was drawn last is selected.
  const selected = designer.getByRole("group", { name: looks.ofSelected });
  await selected.getByRole("button", { name: looks.width.thick }).click();
  await selected
    .getByRole("group", { name: look("background", looks.background.none) })
    .getByRole("button", { name: looks.background.red })
    .click();
  const whole = [
    `${theirs.looks.aspect.colour}: ${theirs.looks.colour.blue}`,
    `${theirs.looks.aspect.background}: ${theirs.looks.background.red}`,
    `${theirs.looks.aspect.width}: ${theirs.looks.width.thick}`,
    `${theirs.looks.aspect.line}: ${theirs.looks.line.dashed}`,
  ];
  await expect(item(owner, 1)).toContainText(whole.join("; "));
  await examine(designer, "board-looks-staff");
  await examine(owner, "board-looks");

  // Each takes back only their own last step.
  await owner.getByRole("button", { name: theirs.tools.undo }).click();
  await expect(item(designer, 0)).toContainText(look("background", looks.background.yellow));
  await expect(item(owner, 1)).toContainText(whole.join("; "));
  await bar.getByRole("button", { name: tools.undo }).click();
  await expect(item(owner, 1)).not.toContainText(whole[1] as string);
  await expect(item(owner, 1)).toContainText(whole[2] as string);
});
