#include <ndis.h>

static NDIS_HANDLE ProtocolHandle;
static BOOLEAN IsRegistered;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ProtUnload;
PROTOCOL_UNINSTALL ProtUninstall;

static VOID ProtCleanup(VOID)
{
    if (IsRegistered) {
        IsRegistered = FALSE;
        NdisDeregisterProtocolDriver(ProtocolHandle);
    }
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    chars.UninstallHandler = ProtUninstall;
    DriverObject->DriverUnload = ProtUnload;
    status = NdisRegisterProtocolDriver(NULL, &chars, &ProtocolHandle);
    IsRegistered = status == NDIS_STATUS_SUCCESS;
    return status;
}

VOID ProtUninstall(VOID)
{
    ProtCleanup();
}

VOID ProtUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    ProtCleanup();
}
