#include <ndis.h>

static NDIS_HANDLE MiniportHandle;
static NDIS_HANDLE ProtocolHandle;

PROTOCOL_BIND_ADAPTER_EX PtBindAdapter;

NDIS_STATUS PtBindAdapter(NDIS_HANDLE Context, NDIS_HANDLE BindContext, PNDIS_BIND_PARAMETERS Parameters)
{
    NDIS_STRING name = NDIS_STRING_CONST("Device");
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(BindContext);
    UNREFERENCED_PARAMETER(Parameters);
    status = NdisIMInitializeDeviceInstanceEx(MiniportHandle, &name, Context);
    if (status != NDIS_STATUS_SUCCESS) {
        FreeAdapter(Context);
    }
    return status;
}
