#include <ndis.h>

static NDIS_HANDLE MiniportHandle;

DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD MPUnload;
MINIPORT_CANCEL_OID_REQUEST MPCancelOidRequest;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    FillCharacteristics(&chars);
    chars.UnloadHandler = MPUnload;
    status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &MiniportHandle);
#if defined(WITH_CANCEL)
    chars.CancelOidRequestHandler = MPCancelOidRequest;
//  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning changed-after-registration: 'chars.CancelOidRequestHandler' is set after 'NdisMRegisterMiniportDriver' has copied the table
#endif
    return status;
}

VOID MPUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(MiniportHandle);
}
