#include <wdm.h>
#include <hidport.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD HidUnload;
DRIVER_ADD_DEVICE HidAddDevice;
DRIVER_DISPATCH HidDispatch;
DRIVER_DISPATCH HidPower;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    HID_MINIDRIVER_REGISTRATION registration = {0};
    NTSTATUS status;
    ULONG i;

    for (i = 0; i <= IRP_MJ_MAXIMUM_FUNCTION; i++) {
        DriverObject->MajorFunction[i] = HidDispatch;
    }
    DriverObject->DriverUnload = HidUnload;
    DriverObject->DriverExtension->AddDevice = HidAddDevice;

    registration.Revision = HID_REVISION;
    registration.DriverObject = DriverObject;
    registration.RegistryPath = RegistryPath;
    status = HidRegisterMinidriver(&registration);
    if (!NT_SUCCESS(status)) {
        DriverObject->DriverUnload = NULL; // refused: the object is still ours
        return status;
    }
    DriverObject->Flags |= DRVO_LEGACY_DRIVER; // no entry point
    return status;
}
