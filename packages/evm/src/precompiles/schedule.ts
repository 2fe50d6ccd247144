import type { Common } from '@ethereumjs/common';
import type { PrecompileRun } from '../types.ts';
import { blake2f } from './blake2f.ts';
import { type BlsGroup, blsAdd, blsMap, blsPairing, blsSum } from './bls12381.ts';
import { type Bn254Prices, bn254Add, bn254Multiply, bn254Pairing } from './bn254.ts';
import { identity, ripemd160, sha256 } from './digests.ts';
import { ecrecover } from './ecrecover.ts';
import { EIP_198, EIP_2565, EIP_7883, type ModexpRules, modexp } from './modexp.ts';
import { p256Verify } from './p256.ts';
import { pointEvaluation } from './pointEvaluation.ts';
import type { PrecompileLibraries } from './precompileRun.ts';

const BYZANTIUM: Bn254Prices = { add: 500n, multiply: 40_000n, pairing: 100_000n, pair: 80_000n };
const ISTANBUL: Bn254Prices = { add: 150n, multiply: 6_000n, pairing: 45_000n, pair: 34_000n };

/** Thousandths of a multiplication's gas that each term of a sum costs, by the number of terms. */
const G1_DISCOUNTS = [
  1000, 949, 848, 797, 764, 750, 738, 728, 719, 712, 705, 698, 692, 687, 682, 677, 673, 669, 665, 661, 658, 654, 651,
  648, 645, 642, 640, 637, 635, 632, 630, 627, 625, 623, 621, 619, 617, 615, 613, 611, 609, 608, 606, 604, 603, 601,
  599, 598, 596, 595, 593, 592, 591, 589, 588, 586, 585, 584, 582, 581, 580, 579, 577, 576, 575, 574, 573, 572, 570,
  569, 568, 567, 566, 565, 564, 563, 562, 561, 560, 559, 558, 557, 556, 555, 554, 553, 552, 551, 550, 549, 548, 547,
  547, 546, 545, 544, 543, 542, 541, 540, 540, 539, 538, 537, 536, 536, 535, 534, 533, 532, 532, 531, 530, 529, 528,
  528, 527, 526, 525, 525, 524, 523, 522, 522, 521, 520, 520, 519,
];
const G2_DISCOUNTS = [
  1000, 1000, 923, 884, 855, 832, 812, 796, 782, 770, 759, 749, 740, 732, 724, 717, 711, 704, 699, 693, 688, 683, 679,
  674, 670, 666, 663, 659, 655, 652, 649, 646, 643, 640, 637, 634, 632, 629, 627, 624, 622, 620, 618, 615, 613, 611,
  609, 607, 606, 604, 602, 600, 598, 597, 595, 593, 592, 590, 589, 587, 586, 584, 583, 582, 580, 579, 578, 576, 575,
  574, 573, 571, 570, 569, 568, 567, 566, 565, 563, 562, 561, 560, 559, 558, 557, 556, 555, 554, 553, 552, 552, 551,
  550, 549, 548, 547, 546, 545, 545, 544, 543, 542, 541, 541, 540, 539, 538, 537, 537, 536, 535, 535, 534, 533, 532,
  532, 531, 530, 530, 529, 528, 528, 527, 526, 526, 525, 524, 524,
];
const G1: BlsGroup = { isTwist: false, point: 128, add: 375n, multiply: 12_000n, discounts: G1_DISCOUNTS, map: 5_500n };
const G2: BlsGroup = { isTwist: true, point: 256, add: 600n, multiply: 22_500n, discounts: G2_DISCOUNTS, map: 23_800n };

function modexpRules(common: Common): ModexpRules {
  if (common.isActivatedEIP(7883)) return EIP_7883;
  return common.isActivatedEIP(2565) ? EIP_2565 : EIP_198;
}

function precompilesOf(common: Common, libraries: PrecompileLibraries): Map<number, PrecompileRun> {
  const runs = new Map<number, PrecompileRun>([
    [0x01, ecrecover(libraries)],
    [0x02, sha256],
    [0x03, ripemd160],
    [0x04, identity],
  ]);
  if (!common.gteHardfork('byzantium')) return runs;
  const prices = common.gteHardfork('istanbul') ? ISTANBUL : BYZANTIUM;
  runs.set(0x05, modexp(modexpRules(common)));
  runs.set(0x06, bn254Add(prices)).set(0x07, bn254Multiply(prices)).set(0x08, bn254Pairing(prices));
  if (common.gteHardfork('istanbul')) runs.set(0x09, blake2f);
  if (common.isActivatedEIP(4844)) runs.set(0x0a, pointEvaluation(libraries));
  if (common.isActivatedEIP(2537)) {
    runs.set(0x0b, blsAdd(G1)).set(0x0c, blsSum(G1)).set(0x0d, blsAdd(G2)).set(0x0e, blsSum(G2));
    runs.set(0x0f, blsPairing(37_700n, 32_600n)).set(0x10, blsMap(G1)).set(0x11, blsMap(G2));
  }
  if (common.isActivatedEIP(7951)) runs.set(0x100, p256Verify);
  return runs;
}

/**
 * The precompiles of a fork, Frontier to Osaka, by their addresses as numbers. Nothing is compiled or loaded before the first call of
 * one that needs it.
 * @example const precompile = precompileAt(common, libraries); precompile(2)?.(input, 1000n) // sha256
 */
export function precompileAt(
  common: Common,
  libraries: PrecompileLibraries,
): (address: number) => PrecompileRun | undefined {
  const runs = precompilesOf(common, libraries);
  return (address) => runs.get(address);
}
