import { forceCollide, forceSimulation, forceX, forceY, type SimulationNodeDatum } from 'd3-force';
import type { HostGroup } from './topology.svelte';

/** A host with the room it takes; its services stand around it like the rays of a star. */
export interface Placed extends SimulationNodeDatum {
  group: HostGroup;
  x: number;
  y: number;
  /** To the services' dots. */
  ring: number;
  /** Half of the room around x and y. */
  reach: number;
  /** The host stands so far to the left of x: one ray needs room on one side only. */
  shift: number;
}

/** Around a host stand at most so many names; the rest is a number. */
export const raysShown = 24;
/** Pixels at full size. */
const raySpacing = 19;
const smallestRing = 40;
const nameRoom = 112;
/** The host's circle and its name below. */
const hostRoom = 46;
/** Degrees: no ray goes where the host's name stands. */
const arc = 230;
const below = 90;
const gap = 8;
const rounds = 240;

/** From the right, clockwise, as SVG turns. */
export function rayAngle(index: number, rays: number): number {
  if (rays === 1) return 0;
  if (rays === 2) return index * 180;
  return (below + (360 - arc) / 2 + (arc * index) / (rays - 1)) % 360;
}

/** Without overlap, close together, and near to where each was before. */
export function arrange(groups: readonly HostGroup[], before: readonly Placed[]): Placed[] {
  const old = new Map(before.map((placed) => [placed.group.host, placed]));
  const nodes = groups.map((group, index): Placed => {
    const rays = Math.min(group.services.length, raysShown);
    const ring = Math.max(smallestRing, (rays * raySpacing * 360) / (2 * Math.PI * arc));
    const known = old.get(group.host);
    // A sunflower: the largest in the middle, each next one a golden angle further out.
    const angle = index * Math.PI * (3 - Math.sqrt(5));
    const distance = 120 * Math.sqrt(index);
    return {
      group,
      ring,
      reach: rays === 1 ? (ring + nameRoom + hostRoom) / 2 : ring + nameRoom,
      shift: rays === 1 ? (ring + nameRoom - hostRoom) / 2 : 0,
      x: known?.x ?? distance * Math.cos(angle) * 1.5,
      y: known?.y ?? distance * Math.sin(angle),
    };
  });
  const simulation = forceSimulation(nodes)
    .force('x', forceX<Placed>(0).strength(0.06))
    .force('y', forceY<Placed>(0).strength(0.09))
    .force('apart', forceCollide<Placed>((node) => node.reach + gap).iterations(3))
    .stop();
  simulation.tick(before.length > 0 ? rounds / 4 : rounds);
  return nodes;
}

/** What the view must hold to show everything. */
export function extent(placed: readonly Placed[]): { x: number; y: number; width: number; height: number } {
  const left = Math.min(...placed.map((node) => node.x - node.reach));
  const right = Math.max(...placed.map((node) => node.x + node.reach));
  const top = Math.min(...placed.map((node) => node.y - node.reach));
  const bottom = Math.max(...placed.map((node) => node.y + node.reach));
  return { x: left, y: top, width: right - left, height: bottom - top };
}
