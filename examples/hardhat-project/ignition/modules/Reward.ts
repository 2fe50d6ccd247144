import { buildModule } from '@nomicfoundation/hardhat-ignition/modules';

export default buildModule('RewardModule', (m) => {
  const supply = m.getParameter('supply', 1_000_000n * 10n ** 18n);
  const reward = m.contract('Reward', [supply]);
  m.call(reward, 'grant', [m.getAccount(1), 500n * 10n ** 18n]);
  return { reward };
});
