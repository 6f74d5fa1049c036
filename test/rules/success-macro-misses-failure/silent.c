#include <ndis.h>

static NDIS_HANDLE MiniportHandle;
static NDIS_HANDLE ProtocolHandle;

PROTOCOL_BIND_ADAPTER_EX PtBindAdapter;

NDIS_STATUS PtBindAdapter(NDIS_HANDLE Context, NDIS_HANDLE BindContext, PNDIS_BIND_PARAMETERS Parameters)
{
    NDIS_STRING name = NDIS_STRING_CONST("Device");
    NDIS_STATUS status;

    status = AllocateAdapter(Context, BindContext, Parameters);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = NdisIMInitializeDeviceInstanceEx(MiniportHandle, &name, Context);
    if (status != NDIS_STATUS_SUCCESS) {
        if (!NT_SUCCESS(status)) {
            TraceFailure(status); // the exact test came first
        }
        FreeAdapter(Context);
        return status;
    }
    if (NT_SUCCESS(status)) {
        TraceSuccess(status);
    }
    status = OpenAdapter(Context);
    if (!NT_SUCCESS(status)) {
        FreeAdapter(Context); // of another call
    }
    return status;
}
