"""What is said of answers that are not right: what, and what to do."""

from typing import Final

from vuonho.bilingual import Text
from vuonho.foreign import cited

MOST: Final = 120
"""Letters that are shown of what comes from the network."""

PUBLISH: Final = Text(
    "Chạy “vuonho publish”; vừa đưa lên thì chờ 10 phút rồi thử lại.",
    "Run “vuonho publish”; if you just did, wait 10 minutes and try again.",
)
BUILD_AND_PUBLISH: Final = Text(
    "Chạy “vuonho build” rồi “vuonho publish”; vừa đưa lên thì chờ 10 phút rồi thử lại.",
    "Run “vuonho build”, then “vuonho publish”; if you just did, wait 10 minutes and try again.",
)
DO_NOT_PRINT: Final = Text(
    "Đừng in mã này. Chạy “vuonho build” rồi “vuonho publish”.",
    "Do not print this code. Run “vuonho build”, then “vuonho publish”.",
)
BUSY: Final = Text("Chờ 10 phút rồi thử lại; vẫn vậy thì báo nơi đặt trang.",
                    "Wait 10 minutes and try again; if it stays, tell who hosts the site.")  # fmt: skip
OLDER: Final = (Text("Trang trên mạng khác bản dựng trên máy này.", "The site online is not the one built here."), PUBLISH)  # fmt: skip
IN_CIRCLES: Final = (
    Text("Địa chỉ này dẫn vòng quanh mãi.", "This address leads round in circles."),
    Text("Báo nơi đặt trang.", "Tell who hosts the site."),
)
NOT_OURS: Final = (
    Text("Ở đây có một trang khác, không phải trang của thôn.", "Another page is here, none of this village."),
    Text("Xem lại địa chỉ; nếu đúng thì chạy “vuonho publish”. Mạng công cộng có khi đòi đăng nhập trước.",
         "Look at the address again; if it is right, run “vuonho publish”. A public network may want a login first."),
)  # fmt: skip
OTHER_PAGE: Final = (
    Text("Trang ở đây là trang của địa chỉ khác.", "The page here belongs to another address."),
    BUILD_AND_PUBLISH,
)
STILL_SHOWN: Final = (
    Text("Gia đình đã rút mà trang trên mạng còn hiện.", "The family left, and its page is still online."),
    Text("Làm ngay: chạy “vuonho build” rồi “vuonho publish”; 10 phút sau thử lại.",
         "Do it now: run “vuonho build”, then “vuonho publish”; try again after 10 minutes."),
)  # fmt: skip
SHOWN_UNASKED: Final = (
    Text("Gia đình chưa đồng ý mà trên mạng có trang.", "The family has not agreed, and a page is online."),
    STILL_SHOWN[1],
)


def say_elsewhere(where: str) -> tuple[Text, Text]:
    """Return what to say of an address that sends visitors to another place."""
    where = cited(where)[:MOST]
    return (
        Text(f"Địa chỉ này dẫn sang nơi khác: {where}", f"This address leads elsewhere: {where}"),
        Text("Trang đã dời nhà thì sửa base_url và ghi địa chỉ cũ vào previous_urls; nếu không, mạng này có thể đòi "
             "đăng nhập trước, hoặc tên miền đã về tay người khác.",
             "If the site has moved, change base_url and list the old one in previous_urls; if not, this network may "
             "want a login first, or the domain has passed to somebody else."),
    )  # fmt: skip
