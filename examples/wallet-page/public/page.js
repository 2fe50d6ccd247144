import { BYTECODE, TAKE, TIP } from './tipJar.js';
import { discoverWallets, reasonOf, switchTo } from './wallets.js';

// The page opened with ?rpc=http://127.0.0.1:9545 points the wallet at a node on another port.
const network = {
  chainId: '0x7a69', // 31337
  chainName: 'minichain',
  nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
  rpcUrls: [new URLSearchParams(location.search).get('rpc') ?? 'http://127.0.0.1:8545'],
};
const element = (id) => document.getElementById(id);
const show = (id, text) => {
  element(id).textContent = text;
};
const enable = (selector, isEnabled = true) => {
  for (const button of document.querySelectorAll(selector)) button.disabled = !isEnabled;
};

let provider;
let account;
let jar;
const ask = (method, params = []) => provider.request({ method, params });

const weiFromEth = (text) => {
  const [, whole, fraction = ''] = /^(\d+)(?:\.(\d{1,18}))?$/.exec(text.trim()) ?? [];
  if (whole === undefined) throw new Error(`"${text}" is not an amount of ETH`);
  return BigInt(whole + fraction.padEnd(18, '0'));
};
const ethFromWei = (wei) => {
  const digits = BigInt(wei).toString().padStart(19, '0');
  return `${digits.slice(0, -18)}.${digits.slice(-18)}`.replace(/\.?0+$/, '');
};
const hex = (value) => `0x${value.toString(16)}`;

/** Runs what a button does, and shows what goes wrong. */
const on = (id, event, action) => {
  element(id).addEventListener(event, async (happened) => {
    happened.preventDefault();
    element('problem').hidden = true;
    try {
      await action(happened);
    } catch (error) {
      show('problem', reasonOf(error));
      element('problem').hidden = false;
    }
  });
};

async function refresh() {
  const chainId = await ask('eth_chainId');
  const isOurs = chainId === network.chainId;
  show('chain', `${BigInt(chainId)}${isOurs ? ' (minichain)' : ' (another network)'}`);
  [account] = await ask('eth_accounts');
  show('account', account ?? 'none');
  if (account !== undefined && isOurs)
    show('balance', `${ethFromWei(await ask('eth_getBalance', [account, 'latest']))} ETH`);
  else show('balance', 'not known');
  enable('#transfer button, #deploy', account !== undefined && isOurs);
  enable('#tip, #take', account !== undefined && isOurs && jar !== undefined);
}

/** Sends, waits until the transaction is in a block, and shows its receipt. */
async function send(output, what, transaction) {
  const hash = await ask('eth_sendTransaction', [{ from: account, ...transaction }]);
  show(output, `${what}: ${hash}\nwaiting for its block …`);
  let receipt = await ask('eth_getTransactionReceipt', [hash]);
  while (receipt === null) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    receipt = await ask('eth_getTransactionReceipt', [hash]);
  }
  const { status, blockNumber, gasUsed } = receipt;
  const outcome = status === '0x1' ? 'success' : 'failed';
  show(output, `${what}: ${hash}\n${outcome} in block ${BigInt(blockNumber)}, ${BigInt(gasUsed)} gas used`);
  await refresh();
  return receipt;
}

async function use(wallet) {
  provider = wallet.provider;
  for (const button of element('wallets').children)
    button.setAttribute('aria-pressed', String(button.dataset.name === wallet.name));
  enable('#network, #connect');
  provider.on?.('accountsChanged', refresh);
  provider.on?.('chainChanged', refresh);
  await refresh();
}

discoverWallets((wallet) => {
  const button = document.createElement('button');
  const isFirst = element('wallets').querySelector('button') === null;
  button.id = `wallet-${element('wallets').children.length}`;
  button.dataset.name = wallet.name;
  button.textContent = wallet.name;
  if (isFirst) element('wallets').replaceChildren(button);
  else element('wallets').append(button);
  on(button.id, 'click', () => use(wallet));
});

on('network', 'click', async () => {
  await switchTo(provider, network);
  await refresh();
});
on('connect', 'click', async () => {
  await ask('eth_requestAccounts');
  await refresh();
});
on('transfer', 'submit', async ({ target }) => {
  const { to, amount } = Object.fromEntries(new FormData(target));
  await send('transferred', 'transfer', { to, value: hex(weiFromEth(amount)) });
});
on('deploy', 'click', async () => {
  const { contractAddress } = await send('called', 'deployment', { data: BYTECODE });
  jar = contractAddress;
  element('called').append(`\nthe tip jar is at ${jar}`);
  await refresh();
});
on('tip', 'click', async () => {
  await send('called', 'tip', { to: jar, value: hex(weiFromEth('0.25')), data: TIP });
  element('called').append(`\nthe jar holds ${ethFromWei(await ask('eth_getBalance', [jar, 'latest']))} ETH`);
});
on('take', 'click', async () => {
  const amount = weiFromEth('1000').toString(16).padStart(64, '0');
  await ask('eth_call', [{ from: account, to: jar, data: TAKE + amount }, 'latest']);
  show('called', 'the jar would have paid');
});
