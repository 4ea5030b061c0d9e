export default {
  "collection.due": "您好，您的账单已出",
  "collection.late": `您好，\
您的借款已逾期，请尽快处理`,
  'collection.bad': '不还钱就把你挂到网上，\u{8ba9}全国人民认识你',
  "ui.ok": "确定",
};
