#include <ndis.h>

extern "C" {
DRIVER_INITIALIZE DriverEntry;
}

namespace wlan {

class Adapter {
public:
    NDIS_STATUS Register(PDRIVER_OBJECT object, PUNICODE_STRING path);
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS m_chars;
    NDIS_HANDLE m_handle;
};

template <typename T> T *allocate() { return nullptr; }

NDIS_STATUS Adapter::Register(PDRIVER_OBJECT object, PUNICODE_STRING path)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars = {};
    auto value = 1'000;
    chars.MajorNdisVersion = 6;
    chars.$0
    //? Header.Type = … | required
    //! MajorNdisVersion = …
    //= chars.Header.Type = |;
    chars.Header.Type = $0
    //? NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS
    this->$0
    //none
    if (auto status = NdisMRegisterMiniportDriver(object, path, nullptr, $0
    //? &chars
    const char *raw = R"(chars.$0)";
    //none
    //{
    for (auto &item : list) {
        chars.$0
    }
    //}
    //? Header.Type = …
    [&]() { chars.$0 }();
    //none
    NDIS_STATUS status = NdisMRegisterMiniportDriver(object, path, nullptr, &chars, &m_handle);
    switch (status) {
    case $0
    //? NDIS_STATUS_BAD_CHARACTERISTICS
    }
    return status;
}

} // namespace wlan
