#include <wdm.h>
#include <hidport.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD HidUnload;
DRIVER_ADD_DEVICE HidAddDevice;
DRIVER_DISPATCH HidInternalDeviceControl;
DRIVER_DISPATCH HidPower;
DRIVER_DISPATCH HidPassThrough;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    HID_MINIDRIVER_REGISTRATION registration = {0};

    DriverObject->DriverUnload = HidUnload;
    DriverObject->DriverExtension->AddDevice = HidAddDevice;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = DriverObject->MajorFunction[IRP_MJ_CLOSE] = HidPassThrough;
    DriverObject->MajorFunction[IRP_MJ_INTERNAL_DEVICE_CONTROL] = HidInternalDeviceControl;
    DriverObject->MajorFunction[IRP_MJ_POWER] = HidPower;
    SetDispatchTable(DriverObject);

    registration.Revision = HID_REVISION;
    registration.DriverObject = DriverObject;
    registration.RegistryPath = RegistryPath;
    return HidRegisterMinidriver(&registration);
}
