#include <ndis.h>

static NDIS_HANDLE FilterHandle;
static NDIS_HANDLE ProtocolHandle;

// Zeroed within a larger expression, and in both arms of a choice.
NDIS_STATUS Register(PDRIVER_OBJECT DriverObject, BOOLEAN IsShort)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS filter;
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS protocol;
    NDIS_STATUS status;

    (void)(NdisZeroMemory(&filter, sizeof(filter)), FillFilter(&filter));
    status = NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)DriverObject, &filter, &FilterHandle);
    if (status != NDIS_STATUS_SUCCESS)
    {
        return status;
    }
    if (IsShort)
    {
        RtlZeroMemory(&protocol, sizeof(protocol));
        FillShortProtocol(&protocol);
    }
    else
    {
        memset(&protocol, 0, sizeof(protocol)), FillProtocol(&protocol);
    }
    status = NdisRegisterProtocolDriver(NULL, &protocol, &ProtocolHandle);
    if (status != NDIS_STATUS_SUCCESS)
    {
        NdisFDeregisterFilterDriver(FilterHandle);
    }
    return status;
}
