#include <ndis.h>

static NDIS_HANDLE FilterHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;
static NDIS_SPIN_LOCK ModuleLock;

NTSTATUS FilterReadParameters(PUNICODE_STRING RegistryPath);

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;

    do
    {
        status = FilterReadParameters(RegistryPath);
        if (!NT_SUCCESS(status))
        {
            break;
        }
        NdisAllocateSpinLock(&ModuleLock);
        status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
    } while (FALSE);

    if (!NT_SUCCESS(status))
    {
        NdisFreeSpinLock(&ModuleLock);
    //  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information undo-without-setup: cleanup frees 'ModuleLock' on a path where it was never initialized
    }
    return status;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
    NdisFreeSpinLock(&ModuleLock);
}
